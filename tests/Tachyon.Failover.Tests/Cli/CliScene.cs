using Tachyon.Failover.Cli;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Testing.Simulation;

namespace Tachyon.Failover.Tests.Cli;

/// <summary>An operator at the command line: a home folder, an environment, the input and the output.</summary>
internal sealed class CliScene : IDisposable
{
    /// <summary>A pair file without errors. Tests depend on its line numbers.</summary>
    public const string GoodPair =
        """
        {
          "identity": "AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq",
          "cluster": "https://rpc.example.com",
          "nodes": [
            {
              "name": "a",
              "shell": { "kind": "ssh", "host": "north.example.com", "user": "sol", "keyFile": "~/.ssh/id_ed25519" },
              "ledger": "/mnt/ledger",
              "identityLink": "/home/sol/identity.json",
              "stakedKeypair": "/home/sol/staked-identity.json",
              "unstakedKeypair": "/home/sol/unstaked-identity.json"
            },
            {
              "name": "b",
              "shell": { "kind": "openssh", "host": "south" },
              "ledger": "/mnt/ledger",
              "identityLink": "/home/sol/identity.json",
              "stakedKeypair": "/home/sol/staked-identity.json",
              "unstakedKeypair": "/home/sol/unstaked-identity.json",
              "rpcPort": 8899
            }
          ],
          "options": {
            "minimumIdle": "none",
            "verifyTimeout": "30s"
          }
        }
        """;

    private readonly TemporaryFolder _home = new();
    private readonly Queue<string> _typed = new();
    private readonly StringWriter _out = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public CliScene()
    {
        Directory.CreateDirectory(_home.File(".ssh"));
        File.WriteAllText(_home.File(".ssh/id_ed25519"), "");
        File.WriteAllText(_home.File(".ssh/known_hosts"), "");
        Pair = GoodPair;
    }

    public string PairPath => _home.File("pair.json");

    public string Home => _home.Path;

    /// <summary>The text of the pair file; null if there is none.</summary>
    public string? Pair
    {
        get => File.Exists(PairPath) ? File.ReadAllText(PairPath) : null;
        set
        {
            if (value is null)
            {
                File.Delete(PairPath);
            }
            else
            {
                File.WriteAllText(PairPath, value);
            }
        }
    }

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal) { ["TERM"] = "xterm" };

    public bool IsTerminal { get; init; }

    public bool CanAsk { get; init; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public Interrupts Interrupts { get; } = new();

    /// <summary>The connections to the nodes. Using them fails, unless the test allows it.</summary>
    public Func<PairFile, OpenPair> Open { get; set; } = _ => throw new InvalidOperationException("The nodes must not be spoken to.");

    /// <summary>Whether the terminal is closed: writes to it fail.</summary>
    public bool TerminalIsGone { get; set; }

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    /// <summary>The lines that the operator will type.</summary>
    public CliScene Types(params string[] lines)
    {
        Array.ForEach(lines, _typed.Enqueue);
        return this;
    }

    /// <summary>Runs the program with the pair file.</summary>
    public Task<int> RunAsync(params string[] args) => CommandLineProgram.RunAsync(args.Contains("--pair") ? args : [.. args, "--pair", PairPath], new Surroundings
    {
        ReadLine = _ => Task.FromResult(_typed.TryDequeue(out var line) ? line : null),
        Out = TerminalIsGone ? new GoneWriter() : _out,
        Error = TerminalIsGone ? new GoneWriter() : _error,
        IsTerminal = IsTerminal,
        CanAsk = CanAsk,
        Environment = Environment,
        HomeFolder = _home.Path,
        Time = Time,
        Interrupts = Interrupts,
        Pairs = new Opener(this),
    });

    /// <summary>Runs the program with a simulated pair, in virtual time.</summary>
    /// <param name="coordinator">The coordinator that reaches the pair.</param>
    /// <param name="first">The node that comes first in the pair file.</param>
    /// <param name="second">The other.</param>
    /// <param name="args">The arguments.</param>
    public int Run(SimulatedCoordinator coordinator, SimulatedNode first, SimulatedNode second, params string[] args)
    {
        Time = coordinator.Time;
        Open = _ => new OpenPair(coordinator.Pair(first), coordinator.Pair(second), coordinator.Journal, []);
        return ((int?)coordinator.Run<object>(async () => await RunAsync(args)))!.Value;
    }

    public void Dispose()
    {
        _home.Dispose();
        Interrupts.Dispose();
        _out.Dispose();
        _error.Dispose();
    }

    private sealed class GoneWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("Input/output error");
    }

    private sealed class Opener(CliScene scene) : IPairOpener
    {
        public OpenPair Open(PairFile file, TimeProvider time) => scene.Open(file);
    }
}
