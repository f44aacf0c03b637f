using Tachyon.Failover.Timing;

namespace Tachyon.Failover.Execution;

/// <summary>What was learned while arming of the times of both nodes, and the moment that follows from it for the fence.</summary>
internal sealed class FenceMoment(TimeProvider time, TimeSpan slot)
{
    private long? _targetBeat;

    public TimeSpan SourceRoundTrip { get; set; }

    public TimeSpan TargetRoundTrip { get; set; }

    /// <summary>The answer to a <c>set-identity</c> of the target has come: there was a beat.</summary>
    public void TargetAnswered() => _targetBeat = time.GetTimestamp();

    /// <summary>How long to wait until the fence is sent; zero if nothing is known that speaks for waiting.</summary>
    public TimeSpan Wait(IReadOnlyList<SeenVote> votes)
    {
        var now = time.GetTimestamp();
        return _targetBeat is { } beat && SlotClock.Read([.. votes.Select(vote => (vote.Slot, FromNow(vote.Timestamp)))], slot) is { } clock
            ? new GapForecast
            {
                Votes = clock,
                TargetBeat = new KeyBeat(FromNow(beat)),
                SourceRoundTrip = SourceRoundTrip,
                TargetRoundTrip = TargetRoundTrip,
            }.BestMoment()
            : TimeSpan.Zero;

        TimeSpan FromNow(long timestamp) => -time.GetElapsedTime(timestamp, now);
    }
}
