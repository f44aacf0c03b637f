using System.CommandLine;
using System.CommandLine.Help;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Daemon.Monitoring;

namespace Tachyon.Failover.Daemon;

/// <summary>The program, from its arguments to its exit code.</summary>
internal static class DaemonProgram
{
    public const int Done = 0;
    public const int Usage = 64;
    public const int Broken = 70;

    private static readonly Option<string> Pair = new("--pair", "-p") { Description = "The pair file, with a section daemon.", HelpName = "file", DefaultValueFactory = _ => "pair.json", Recursive = true };

    private static readonly Option<bool> Enable = new("--enable") { Description = "Take over when the active validator is lost. Without it, it only says what it would do." };

    private static readonly Option<string?> Guard = new("--guard") { Description = "Guard a node instead, which is this machine: demote it when it is cut off from the cluster.", HelpName = "node" };

    /// <summary>Reads the arguments and the pair file, and runs the command.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="surroundings">The environment.</param>
    /// <param name="output">The answer of the command.</param>
    /// <param name="error">Why the command failed, and notes on the pair file.</param>
    /// <param name="run">Monitors, or guards, until it is stopped.</param>
    public static async Task<int> RunAsync(string[] args, PairFileSurroundings surroundings, TextWriter output, TextWriter error, Func<PairFile, DaemonArguments, Task<int>> run)
    {
        var parsed = Root(surroundings, output, error, run).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            await error.WriteLineAsync($"{string.Join(' ', parsed.Errors.Select(wrong => wrong.Message))} See: tachyon-failoverd --help");
            return Usage;
        }

        try
        {
            // The host handles signals. System.CommandLine would end the process two seconds after one.
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (PairFileException exception)
        {
            await error.WriteLineAsync(exception.ToString());
            return Usage;
        }
        catch (Exception exception)
        {
            // Such as a journal that may not be written.
            await error.WriteLineAsync($"This program failed: {exception.Message}{Environment.NewLine}{exception}");
            return Broken;
        }
    }

    private static RootCommand Root(PairFileSurroundings surroundings, TextWriter output, TextWriter error, Func<PairFile, DaemonArguments, Task<int>> run)
    {
        RootCommand root = new("Monitors the active validator of a pair, and has the other one take over when it is lost. Disabled until told.") { Pair, Enable, Guard };
        root.SetAction(async (parsed, _) =>
        {
            var arguments = new DaemonArguments { Pair = parsed.GetValue(Pair)!, Enable = parsed.GetValue(Enable), Guard = parsed.GetValue(Guard) };
            var file = await ReadAsync(arguments.Pair, surroundings with { Use = arguments.Guard is null ? PairFileUse.Watch : PairFileUse.Guard }, error);
            Check(file, arguments);
            return await run(file, arguments);
        });

        var check = new Command("check", "Read the pair file, and say what is wrong with it. No node is contacted.");
        check.SetAction(async (parsed, _) =>
        {
            var file = await ReadAsync(parsed.GetValue(Pair)!, surroundings with { Use = PairFileUse.Watch }, error);
            await using var built = PairOpener.Build(file, TimeProvider.System);
            await output.WriteLineAsync($"{file.Path} can be used.");
            await output.WriteLineAsync($"Journal: {file.Journal}");
            await output.WriteLineAsync($"Pause:   {file.Pause}");
            if (file.Daemon.Policy.Guard is { } timings)
            {
                await output.WriteLineAsync($"Guard: {timings.Arithmetic}; the daemon waits {DurationText.Of(file.Daemon.Monitor.Rules.LostAfter)}.");
            }

            return Done;
        });

        var reenable = new Command("reenable", "Let a daemon that has taken over do so again, after its next start with --enable.");
        reenable.SetAction(async (parsed, _) =>
        {
            var mark = TakeoverMark.Beside((await ReadAsync(parsed.GetValue(Pair)!, surroundings, error)).Journal);
            var words = mark.Read();
            mark.Remove();
            await output.WriteLineAsync(words is null ? "No takeover has disabled it; there is nothing to do." : $"{words}. From its next start with --enable on it takes over again.");
            return Done;
        });

        root.Add(check);
        root.Add(reenable);
        return root;
    }

    private static async Task<PairFile> ReadAsync(string path, PairFileSurroundings surroundings, TextWriter error)
    {
        var file = PairFileReader.Read(path, surroundings, new Dictionary<string, (string Option, string Value)>(StringComparer.Ordinal));
        foreach (var note in file.Notes)
        {
            await error.WriteLineAsync($"{file.Path}, {note}");
        }

        return file;
    }

    private static void Check(PairFile file, DaemonArguments arguments)
    {
        if (arguments is { Guard: not null, Enable: true })
        {
            throw Wrong(file, "--enable", "--enable and --guard are both given", "give one: a guard takes nothing over");
        }

        if (file.IsOpenToAll && (arguments.Enable || arguments.Guard is not null))
        {
            throw Wrong(file, arguments.Enable ? "--enable" : "--guard", "every user of this machine may write the pair file, and so have commands run", $"chmod 600 {file.Path}");
        }

        if (arguments.Guard is not { } node)
        {
            return;
        }

        string[] names = [file.First.Validator.Name, file.Second.Validator.Name];
        if (!names.Contains(node))
        {
            throw Wrong(file, "--guard", $"--guard is \"{node}\"", $"name one of the nodes, {string.Join(" or ", names)}");
        }

        if (file.Cluster is null && file.Witnesses.Count == 0)
        {
            throw Wrong(file, "--guard", "cluster and witnesses are both missing, and a guard cannot count on its own node's view", "add cluster or witnesses: RPC nodes that are neither of the two");
        }
    }

    private static PairFileException Wrong(PairFile file, string option, string problem, string remedy) => new(file.Path, [new PairFileError { Origin = option, Field = "", Problem = problem, Remedy = remedy }]);
}
