namespace Tachyon.Failover.Timing;

/// <summary>
/// How many slots will be missed if the fence goes out behind a given vote. The fence takes the source 0 to 1 s, and unless it has just led nobody knows how long; the
/// promotion ends with a beat of the target that is known. So some votes are better than others to begin behind. Only speed depends on it.
/// </summary>
/// <remarks>Pure arithmetic over measured times (validator.md, 1.3 to 1.6); docs/protocol.md, "The moment", has it as a picture.</remarks>
internal sealed record GapForecast
{
    /// <summary>How many votes are compared: the slots and the beats of a second come round to the same picture after two.</summary>
    private const int Compared = 6;

    /// <summary>So much better a later vote must be to be waited for.</summary>
    private const double WorthWaiting = 0.05;

    private const int LengthsCompared = 20;

    // From the saved vote to the moment when the validator is asked for the lock: noticed, and a program started.
    internal static readonly TimeSpan FenceStart = TimeSpan.FromMilliseconds(15);

    // A call that ends within a slot is followed by one more vote; after a longer one only a vote that was held up comes, at once.
    internal static readonly TimeSpan LastVoteNoticed = TimeSpan.FromMilliseconds(10);

    // Voters removed, the drain, the tower read, voters removed again.
    internal static readonly TimeSpan Seal = TimeSpan.FromMilliseconds(60);

    // The tower put down and compared, a program started.
    internal static readonly TimeSpan PromotionStart = TimeSpan.FromMilliseconds(30);

    // Blocks are complete a little early or late.
    private static readonly TimeSpan[] BlockJitter = [TimeSpan.FromMilliseconds(-45), TimeSpan.FromMilliseconds(-15), TimeSpan.FromMilliseconds(15), TimeSpan.FromMilliseconds(45)];

    // What is known of the source's beat is an estimate: it drifts, and so does the clock of the slots.
    private static readonly TimeSpan[] BeatJitter = [TimeSpan.FromMilliseconds(-40), TimeSpan.Zero, TimeSpan.FromMilliseconds(40)];

    /// <summary>When the source's votes are seen.</summary>
    public required SlotClock Votes { get; init; }

    /// <summary>The beat of the target, as the coordinator hears it.</summary>
    public required KeyBeat TargetBeat { get; init; }

    /// <summary>The beat of the source, as the coordinator hears it; null if it is not known.</summary>
    public KeyBeat? SourceBeat { get; init; }

    /// <summary>From the coordinator to the source and back.</summary>
    public required TimeSpan SourceRoundTrip { get; init; }

    /// <summary>From the coordinator to the target and back.</summary>
    public required TimeSpan TargetRoundTrip { get; init; }

    /// <summary>How long to wait until the fence is sent, so that it arrives in the middle of the slot that ends with the best vote.</summary>
    /// <returns>Zero to some two seconds.</returns>
    public TimeSpan BestMoment()
    {
        var best = (Missed: double.MaxValue, Wait: TimeSpan.Zero);
        for (var (ahead, compared) = (1, 0); compared < Compared; ahead++)
        {
            var wait = Votes.VoteSeen(ahead) - SourceRoundTrip - (Votes.Slot / 2);
            if (wait < -Votes.Slot / 4)
            {
                // Too late for this one.
                continue;
            }

            var missed = MissedBehind(ahead);
            if (missed < best.Missed - WorthWaiting)
            {
                best = (missed, wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            }

            compared++;
        }

        return best.Wait;
    }

    /// <summary>The slots missed in the mean if the fence goes out behind a vote.</summary>
    /// <param name="ahead">Which; 1 for the first one to come.</param>
    public double MissedBehind(int ahead)
    {
        var voted = Votes.VoteSeen(ahead) - (SourceRoundTrip / 2);
        return FenceLengths(voted).Average(fence => BlockJitter.Average(jitter => Missed(voted, fence, jitter)));
    }

    /// <summary>How long the fence may take, from the vote on: all that it can be, or about what the source's beat says.</summary>
    private IEnumerable<TimeSpan> FenceLengths(TimeSpan voted) => SourceBeat is { } beat
        ? BeatJitter.Select(jitter => beat.From(voted + FenceStart + jitter + (SourceRoundTrip / 2)) - jitter - (SourceRoundTrip / 2) - voted)
        : Enumerable.Range(0, LengthsCompared).Select(length => FenceStart + (KeyBeat.Period * ((length + 0.5) / LengthsCompared)));

    private int Missed(TimeSpan voted, TimeSpan fence, TimeSpan jitter)
    {
        var lastVote = voted + Votes.Slot;
        var sealedAt = (fence < Votes.Slot ? lastVote : voted + fence) + LastVoteNoticed + Seal;
        var promoted = sealedAt + (SourceRoundTrip / 2) + (TargetRoundTrip / 2) + PromotionStart;
        var through = TargetBeat.From(promoted + (TargetRoundTrip / 2)) - (TargetRoundTrip / 2);

        // Replay that comes to a block while the call waits stands still there, and votes for the newest one when it goes on; otherwise the target's first vote
        // is for the block that comes next.
        var newest = BlocksSince(lastVote, through);
        var first = newest > BlocksSince(lastVote, promoted) ? newest : newest + 1;
        return Math.Max(first, 1) - 1;

        int BlocksSince(TimeSpan vote, TimeSpan time) => (int)Math.Floor((time - vote - jitter) / Votes.Slot);
    }
}
