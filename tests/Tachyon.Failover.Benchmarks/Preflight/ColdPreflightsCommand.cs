using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Ssh;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Preflight;

/// <summary>
/// <c>cold-preflights</c>: whether a busy machine ever refuses a preflight of a healthy pair. Each preflight has its own process, since starvation happens in a process that has just started: its
/// thread pool has as many threads as the machine has processors.
/// </summary>
internal static class ColdPreflightsCommand
{
    private const int Refused = 1;
    private const int CouldNotRun = 2;

    public static Command Create()
    {
        Option<int> count = new("--count") { Description = "How many, one after the other.", DefaultValueFactory = _ => 200 };
        Option<bool> loaded = new("--loaded") { Description = "Keep every processor busy meanwhile." };
        Option<ShellKind> shell = new("--shell") { Description = "The shell: net or openssh.", DefaultValueFactory = _ => ShellKind.Net };
        Option<ulong> seed = new("--seed") { Description = "The seed of the simulated cluster.", DefaultValueFactory = _ => 1 };
        Option<string?> one = new("--one") { Description = "The file with the nodes of a stage that stands.", Hidden = true };
        var command = new Command("cold-preflights", "Preflights of a healthy pair, each in a process of its own: none may be refused.") { count, loaded, shell, seed, one };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(one) is { } file
            ? ProbeAsync(file, cancellationToken)
            : RunAsync(parsed.GetValue(count), parsed.GetValue(loaded), parsed.GetValue(shell), parsed.GetValue(seed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int count, bool isLoaded, ShellKind shell, ulong seed, CancellationToken cancellationToken)
    {
        try
        {
            await using var stage = await Stage.SetAsync(seed, TimeSpan.FromMilliseconds(400), TimeSpan.Zero, cancellationToken);
            var file = Path.Combine(stage.Folder, "stage.json");
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(ColdStage.Of(stage, shell)), cancellationToken);
            using var load = isLoaded ? new Load() : null;
            var report = new ColdReport();
            for (var number = 1; number <= count; number++)
            {
                report.Add(await ProbeInAProcessAsync(file, cancellationToken));
                if (number % 10 == 0 || number == count)
                {
                    Console.WriteLine(report);
                }
            }

            return report.Refused == 0 ? 0 : Refused;
        }
        catch (Exception exception) when (exception is StandInException or LoopbackSshdException)
        {
            await Console.Error.WriteLineAsync($"It could not be run: {exception.Message}");
            return CouldNotRun;
        }
    }

    private static async Task<(bool IsClear, TimeSpan Took, string Words)> ProbeInAProcessAsync(string file, CancellationToken cancellationToken)
    {
        // With the assemblies of the running program, which may be a test program.
        var host = Path.Combine(AppContext.BaseDirectory, Assembly.GetEntryAssembly()!.GetName().Name!);
        var program = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet"));
        string[] words = ["exec", "--runtimeconfig", $"{host}.runtimeconfig.json", "--depsfile", $"{host}.deps.json", typeof(ColdPreflightsCommand).Assembly.Location];
        var began = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, [.. words, "cold-preflights", "--one", file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode == 0, TimeProvider.System.GetElapsedTime(began), said);
    }

    private static async Task<int> ProbeAsync(string file, CancellationToken cancellationToken)
    {
        var stage = JsonSerializer.Deserialize<ColdStage>(await File.ReadAllTextAsync(file, cancellationToken))!;
        await using var toA = stage.A.Reach(stage.Shell);
        await using var toB = stage.B.Reach(stage.Shell);
        await using var pair = new ShellValidatorPair(Pubkey.Parse(stage.StakedIdentity), stage.A.Settings, toA, stage.B.Settings, toB);
        var report = await new FailoverCoordinator().PreflightAsync(pair.FromAToB, cancellationToken);
        Console.Write(report);
        return report.IsClear ? 0 : Refused;
    }

    /// <summary>A loop on every processor.</summary>
    private sealed class Load : IDisposable
    {
        private readonly Process[] _loops = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(static _ => Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "while :; do :; done"]))!)];

        public void Dispose()
        {
            foreach (var loop in _loops)
            {
                loop.Kill();
                loop.Dispose();
            }
        }
    }

    private sealed class ColdReport
    {
        private readonly List<TimeSpan> _took = [];

        public int Refused { get; private set; }

        public void Add((bool IsClear, TimeSpan Took, string Words) look)
        {
            _took.Add(look.Took);
            if (!look.IsClear)
            {
                Refused++;
                Console.WriteLine(look.Words);
            }
        }

        public override string ToString()
        {
            var ordered = _took.Order().ToArray();
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{_took.Count} preflights, {Refused} refused; median {ordered[ordered.Length / 2].TotalSeconds:0.0} s, most {ordered[^1].TotalSeconds:0.0} s, process included; load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
        }
    }
}
