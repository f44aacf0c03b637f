using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>Checks whether a switchover could begin.</summary>
internal sealed class PreflightCommand : FailoverCommand
{
    public PreflightCommand(Surroundings surroundings)
        : base("preflight", "Check whether a switchover could begin: every finding at once, with its remedy. Changes nothing.", surroundings) =>
        Add(CommonOptions.To("The node that would get the staked identity; the one that does not run it, if left out."));

    protected override async Task<int> RunAsync(CommandRun run)
    {
        var file = run.ReadPair();
        var target = run.Target(file);
        await using var open = run.Open(file);
        var pair = target is null ? await Direction.FindAsync(open, run.GivenUp) : open.To(target);
        var report = await run.Coordinator(file, open).PreflightAsync(pair, run.GivenUp);
        run.Answer($"Preflight of a switchover from {pair.Source.Name} to {pair.Target.Name}: {report}", report.ToJson());
        return report.IsClear ? ExitCode.Done : ExitCode.Refused;
    }
}
