using System.CommandLine;
using Tachyon.Failover.Cli.Screens;
using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>Monitors whether the active node's votes land. Never takes over: the daemon or the operator does that.</summary>
internal sealed class WatchCommand : FailoverCommand
{
    private readonly Option<bool> _once = new("--once") { Description = "Read once, and end: 0 if votes land, 5 if they do not, 4 if it is unknown." };

    public WatchCommand(Surroundings surroundings)
        : base("watch", "Monitor whether the active node's votes land, until Ctrl-C. Moves nothing.", surroundings)
    {
        Add(CommonOptions.To("The node that would take over. The other one is monitored as the active one."));
        Add(_once);
    }

    public static int CodeOf(MonitorVerdict verdict) => verdict.State switch
    {
        MonitorState.Healthy => ExitCode.Done,
        MonitorState.Unknown => ExitCode.Indeterminate,
        _ => ExitCode.SomethingToDo,
    };

    protected override async Task<int> RunAsync(CommandRun run)
    {
        var file = run.ReadPair(use: PairFileUse.Probe);
        var target = run.Target(file);
        await using var open = run.Open(file);
        var pair = target is null ? await FindAsync(run, file, open) : open.To(target);
        var isOnce = run.Parsed.GetValue(_once);
        var options = file.Daemon.Monitor;
        options.Journal = open.Journal;
        options.Pause = PauseFile.Of(file);
        options.KeepsTowerCopy &= !isOnce;
        await using var watch = new ValidatorMonitor(pair, options, timeProvider: run.Time);
        if (isOnce)
        {
            var verdict = await watch.ProbeAsync(run.GivenUp);
            run.Answer(WatchLine.TextOf(verdict, pair.Source.Name), WatchLine.JsonOf(verdict, pair.Source.Name, run.Time));
            return CodeOf(verdict);
        }

        var screen = new WatchScreen(run, pair.Source.Name);
        try
        {
            await watch.RunAsync(screen, run.GivenUp);
        }
        finally
        {
            screen.End();
        }

        return CodeOf(watch.Verdict);
    }

    /// <summary>An inactive node is always silent. A monitor of it would call it lost.</summary>
    private static async Task<ValidatorPair> FindAsync(CommandRun run, PairFile file, OpenPair open)
    {
        var (pair, whyNot) = await Direction.FindActiveAsync(open, run.GivenUp);
        return pair ?? throw new UsageException(
            $"The active node is unknown: {whyNot}. To monitor one all the same, name the other: --to {file.Second.Validator.Name} monitors {file.First.Validator.Name}, --to {file.First.Validator.Name} monitors {file.Second.Validator.Name}");
    }
}
