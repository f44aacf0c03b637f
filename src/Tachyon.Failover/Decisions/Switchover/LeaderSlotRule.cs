namespace Tachyon.Failover.Decisions;

/// <summary>
/// What a promotion means for the leader slots of the identity. A validator that has taken an identity skips its own leader slots until one of its new votes is rooted, some 32 slots
/// (validator.md, "Leader slots after a promotion"; measured on 4.0.3: of those 24 to 39 slots after the first vote none had a block, of those 40 to 47 slots after it all had). Pure.
/// </summary>
internal static class LeaderSlotRule
{
    /// <summary>So many slots after its first vote a validator leads again.</summary>
    public const int Rest = 40;

    /// <summary>A leader slot within so many slots from the command is skipped: a switchover that waits for nothing takes some 10 slots to its promotion.</summary>
    public const int Reach = Rest + 10;

    // From the demotion to the target's first vote.
    private const int Gap = 5;

    /// <summary>How much of a restart window must be left at the demotion, so that no leader slot is skipped.</summary>
    /// <param name="wished">What the options ask for; zero if the caller wants no window.</param>
    /// <param name="slot">The length of a slot.</param>
    /// <param name="leadsAtOnce">Whether the target was started with <c>--no-wait-for-vote-to-start-leader</c>, and skips nothing.</param>
    public static TimeSpan IdleAtDemotion(TimeSpan wished, TimeSpan slot, bool leadsAtOnce) =>
        wished == TimeSpan.Zero || leadsAtOnce || wished > slot * (Rest + Gap) ? wished : slot * (Rest + Gap);

    /// <summary>The leader slots without a block, as far as the blocks are known; null if either is unknown.</summary>
    public static IReadOnlyList<ulong>? WithoutBlock(IReadOnlyList<ulong>? leader, IReadOnlyList<ulong>? blocks) =>
        leader is null || blocks is null ? null : [.. leader.Where(slot => slot <= blocks[^1] && !blocks.Contains(slot))];

    /// <summary>The leader slots that still come before a vote of the target is rooted; empty if the leader slots are unknown.</summary>
    public static IReadOnlyList<ulong> Ahead(IReadOnlyList<ulong>? leader, IReadOnlyList<ulong>? blocks, ulong firstVote)
    {
        var known = blocks is { Count: > 0 } ? blocks[^1] : firstVote;
        return [.. (leader ?? []).Where(slot => slot > known && slot < firstVote + Rest)];
    }
}
