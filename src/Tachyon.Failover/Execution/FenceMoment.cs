using Tachyon.Failover.Cluster;
using Tachyon.Failover.Schedule;
using Tachyon.Failover.Timing;

namespace Tachyon.Failover.Execution;

/// <summary>What was learned while arming of the times of both nodes, and the moment that follows from it for the fence.</summary>
internal sealed class FenceMoment(TimeProvider time, TimeSpan slot)
{
    /// <summary>The beat drifts by some 2 ms a second, and slots are counted from their mean length: after so many nothing is left to be known of it.</summary>
    private const ulong SlotsTrusted = 40;

    /// <summary>The fence goes out within so many slots; a source that leads meanwhile gets another beat.</summary>
    private const ulong SlotsAhead = 8;

    // A vote for a block is saved so long after the block is complete.
    private static readonly TimeSpan VoteSaved = TimeSpan.FromMilliseconds(8);

    private long? _targetBeat;
    private LeaderSlots? _leaderSlots;

    public TimeSpan SourceRoundTrip { get; set; }

    public TimeSpan TargetRoundTrip { get; set; }

    /// <summary>The answer to a <c>set-identity</c> of the target has come: there was a beat.</summary>
    public void TargetAnswered() => _targetBeat = time.GetTimestamp();

    /// <summary>Asks when the source leads: its beat starts anew when its last block is complete (validator.md 1.3).</summary>
    public async Task LearnLeaderSlotsAsync(ValidatorPair pair, CancellationToken cancellationToken)
    {
        try
        {
            var epoch = await pair.Cluster.GetEpochInfoAsync(Commitment.Processed, cancellationToken).ConfigureAwait(false);
            _leaderSlots = await LeaderSlots.AskAsync(pair.Cluster, pair.StakedIdentity, epoch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ClusterRpcException or OperationCanceledException)
        {
            // Only speed depends on it.
        }
    }

    /// <summary>How long to wait until the fence is sent; zero if nothing is known that speaks for waiting.</summary>
    public TimeSpan Wait(IReadOnlyList<SeenVote> votes)
    {
        var now = time.GetTimestamp();
        return _targetBeat is { } beat && SlotClock.Read([.. votes.Select(vote => (vote.Slot, FromNow(vote.Timestamp)))], slot) is { } clock
            ? new GapForecast
            {
                Votes = clock,
                TargetBeat = new KeyBeat(FromNow(beat)),
                SourceBeat = BeatOfSource(votes[^1].Slot, clock),
                SourceRoundTrip = SourceRoundTrip,
                TargetRoundTrip = TargetRoundTrip,
            }.BestMoment()
            : TimeSpan.Zero;

        TimeSpan FromNow(long timestamp) => -time.GetElapsedTime(timestamp, now);
    }

    private KeyBeat? BeatOfSource(ulong newest, SlotClock clock) =>
        _leaderSlots?.LastBefore(newest + 1) is { } led && newest - led <= SlotsTrusted && !(_leaderSlots.NextFrom(newest + 1) <= newest + SlotsAhead)
            ? new KeyBeat(clock.Newest - (clock.Slot * (newest - led)) - VoteSaved)
            : null;
}
