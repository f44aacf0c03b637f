using System.Text.Json;
using Tachyon.Failover.Testing.Ssh;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Rehearsal;

/// <summary>Runs the switchovers, there and back in turn, and prints the results.</summary>
internal static class Stage
{
    private const int Done = 0;
    private const int NotAllCompleted = 1;
    private const int CouldNotPlay = 2;

    public static async Task<int> PlayAsync(RehearsalOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var report = await PlayAsync(options, new Screen(options.AsJson ? Console.Error : Console.Out), cancellationToken);
            if (options.AsJson)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.RehearsalReport));
            }

            return report.Outcome == nameof(FailoverOutcome.Completed) ? Done : NotAllCompleted;
        }
        catch (Exception exception) when (exception is StandInException or LoopbackSshdException)
        {
            await Console.Error.WriteLineAsync($"The rehearsal could not be set up: {exception.Message}");
            return CouldNotPlay;
        }
        catch (Exception exception) when (options.Picture is not null && exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The picture could not be written: {exception.Message}");
            return CouldNotPlay;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Canceled.");
            return CouldNotPlay;
        }
    }

    private static async Task<RehearsalReport> PlayAsync(RehearsalOptions options, Screen screen, CancellationToken cancellationToken)
    {
        screen.Say($"Starting a cluster and two stand-in validators{(options.Ssh is not null ? ", each with its own OpenSSH server" : "")} ...");
        await using var scene = await Scene.SetAsync(options, cancellationToken);
        screen.Say($"The staked identity {scene.Cluster.StakedIdentity} is at {scene.Cluster.A.Name}.");
        IPlayer player = options.ByGuide ? new GuidePlayer(scene, screen, options.Pause) : new CoordinatorPlayer(scene, screen, options.Picture);
        var switchovers = new List<SwitchoverReport>();
        for (var i = 0; i < options.Count; i++)
        {
            var (from, to) = i % 2 == 0 ? (scene.Cluster.A, scene.Cluster.B) : (scene.Cluster.B, scene.Cluster.A);
            screen.Say($"\nSwitchover {i + 1} of {options.Count}: {from.Name} to {to.Name}{(options.ByGuide ? ", as the guide's script does it" : "")}");
            var start = await scene.Cluster.GetSlotAsync(cancellationToken);
            var (outcome, steps) = await player.PlayAsync(from, to, cancellationToken);
            var seen = await scene.Cluster.GetSettledReportAsync(start, cancellationToken);
            var switchover = new SwitchoverReport
            {
                Outcome = outcome,
                From = from.Name,
                To = to.Name,
                MissedSlots = seen.MissedSlots,
                RefusedVotes = seen.RefusedVotes,
                DoubleVotes = seen.DoubleVotes,
                GapMilliseconds = seen.Changes.Count == 0 ? 0 : seen.Changes.Max(change => change.Gap.TotalMilliseconds),
                Steps = steps,
            };
            switchovers.Add(switchover);
            screen.Say($"The chain saw: {switchover.MissedSlots} missed slots, {switchover.RefusedVotes} refused votes, {switchover.DoubleVotes} slots voted for by both, {switchover.GapMilliseconds:0} ms from the last vote of {from.Name} to the first of {to.Name}.");
            if (outcome != nameof(FailoverOutcome.Completed))
            {
                break;
            }
        }

        return Sum(switchovers, screen);
    }

    private static RehearsalReport Sum(List<SwitchoverReport> switchovers, Screen screen)
    {
        var report = new RehearsalReport
        {
            Outcome = switchovers.Find(switchover => switchover.Outcome != nameof(FailoverOutcome.Completed))?.Outcome ?? nameof(FailoverOutcome.Completed),
            MissedSlots = switchovers.Sum(switchover => switchover.MissedSlots),
            RefusedVotes = switchovers.Sum(switchover => switchover.RefusedVotes),
            DoubleVotes = switchovers.Sum(switchover => switchover.DoubleVotes),
            GapMilliseconds = switchovers.Max(switchover => switchover.GapMilliseconds),
            Switchovers = switchovers,
        };
        screen.Say($"\nAll together: {report.Outcome}, {report.MissedSlots} missed slots, {report.RefusedVotes} refused votes, {report.DoubleVotes} double votes, longest gap {report.GapMilliseconds:0} ms.");
        return report;
    }
}
