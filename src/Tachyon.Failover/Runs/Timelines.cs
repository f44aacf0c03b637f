using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Runs;

/// <summary>Combines what a run saw of both nodes, with times since its start.</summary>
internal sealed class Timelines(RunObservers run, TimeSpan slot)
{
    private const int VotesBefore = 12;
    private const int MostVotesOfANode = 64;

    public RunTimeline Of(SwitchoverSteps steps, IReadOnlyList<StepReport> reports)
    {
        var fence = reports.FirstOrDefault(report => StepTable.Of(report.Step).Picture == StepPicture.DemotesSource)?.SentAt;
        return new RunTimeline
        {
            Slot = slot,
            SourceTrip = steps.RoundTrip(NodeSide.Source) / 2,
            TargetTrip = steps.RoundTrip(NodeSide.Target) / 2,
            SourceWatchedUntil = Until(NodeSide.Source),
            TargetWatchedUntil = Until(NodeSide.Target),
            Votes = [.. Around(NodeSide.Source).Concat(Around(NodeSide.Target)).OrderBy(vote => vote.At)],
        };

        TimeSpan? Until(NodeSide side) => steps.WatchedUntil(side) is { } ended ? run.Since(ended) : null;

        IEnumerable<TimelineVote> Around(NodeSide side)
        {
            var seen = steps.VotesOf(side).Select(vote => new TimelineVote { Node = side, Slot = vote.Slot, At = run.Since(vote.Timestamp) });
            return fence is { } sent
                ? seen.SkipWhile(vote => vote.At < sent - (VotesBefore * slot)).Take(MostVotesOfANode)
                : seen.TakeLast(VotesBefore);
        }
    }
}
