using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Runs;

/// <summary>Combines what a run saw of both nodes, with times since its start.</summary>
internal sealed class Timelines(RunObservers observers, TimeSpan slot)
{
    private const int VotesBefore = 12;
    private const int MostVotesOfANode = 64;

    public RunTimeline Of(RunContext run, IReadOnlyList<StepReport> reports)
    {
        var fence = reports.FirstOrDefault(report => StepTable.Of(report.StepCode).Picture == StepPicture.DemotesSource)?.SentAt;
        return new RunTimeline
        {
            Slot = slot,
            SourceTrip = run.RoundTrip(NodeSide.Source) / 2,
            TargetTrip = run.RoundTrip(NodeSide.Target) / 2,
            SourceWatchedUntil = Until(NodeSide.Source),
            TargetWatchedUntil = Until(NodeSide.Target),
            Votes = [.. Around(NodeSide.Source).Concat(Around(NodeSide.Target)).OrderBy(vote => vote.At)],
        };

        TimeSpan? Until(NodeSide side) => run.WatchedUntil(side) is { } ended ? observers.Since(ended) : null;

        IEnumerable<TimelineVote> Around(NodeSide side)
        {
            var seen = run.VotesOf(side).Select(vote => new TimelineVote { Node = side, Slot = vote.Slot, At = observers.Since(vote.Timestamp) });
            return fence is { } sent
                ? seen.SkipWhile(vote => vote.At < sent - (VotesBefore * slot)).Take(MostVotesOfANode)
                : seen.TakeLast(VotesBefore);
        }
    }
}
