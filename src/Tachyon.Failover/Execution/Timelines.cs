using Tachyon.Failover.Reports;

namespace Tachyon.Failover.Execution;

/// <summary>Puts together what a run saw of both nodes, with times counted from its start.</summary>
internal sealed class Timelines(TimeProvider time, long begun, TimeSpan slot)
{
    private const int VotesBefore = 12;
    private const int MostVotesOfANode = 64;

    /// <summary>A timestamp as time since the start.</summary>
    public TimeSpan Since(long timestamp) => time.GetElapsedTime(begun, timestamp);

    public RunTimeline Of(SwitchoverSteps steps, IReadOnlyList<StepReport> reports)
    {
        var fence = reports.FirstOrDefault(report => report.Step == SwitchoverStep.Fence)?.SentAt;
        return new RunTimeline
        {
            Slot = slot,
            SourceTrip = steps.RoundTrip(NodeSide.Source) / 2,
            TargetTrip = steps.RoundTrip(NodeSide.Target) / 2,
            SourceWatchedUntil = Until(NodeSide.Source),
            TargetWatchedUntil = Until(NodeSide.Target),
            Votes = [.. Around(NodeSide.Source).Concat(Around(NodeSide.Target)).OrderBy(vote => vote.At)],
        };

        TimeSpan? Until(NodeSide side) => steps.WatchedUntil(side) is { } ended ? Since(ended) : null;

        IEnumerable<TimelineVote> Around(NodeSide side)
        {
            var seen = steps.VotesOf(side).Select(vote => new TimelineVote { Node = side, Slot = vote.Slot, At = Since(vote.Timestamp) });
            return fence is { } sent
                ? seen.SkipWhile(vote => vote.At < sent - (VotesBefore * slot)).Take(MostVotesOfANode)
                : seen.TakeLast(VotesBefore);
        }
    }
}
