namespace Tachyon.Failover.Decisions;

/// <summary>
/// How long votes that have not landed may still bind the staked identity, when its tower is lost and is rebuilt from the chain. docs/safety.md explains it.
/// </summary>
/// <remarks>
/// A validator does not vote on top of a vote at depth <see cref="ThresholdDepth"/> unless two thirds of the stake have voted for it as well (the tower file's threshold depth and size,
/// validator.md). So at most so many of the votes that have not landed can be for another fork; the lowest of them locks its slot for 2 to the power of that. Deeper votes
/// are on the cluster's own fork, and cannot conflict with it.
/// </remarks>
internal static class UnseenVotes
{
    /// <summary>The depth of a tower above which the cluster must have followed.</summary>
    public const int ThresholdDepth = 8;

    /// <summary>How many slots after its last landed vote the identity may vote again without knowing its unseen votes.</summary>
    public const ulong LockedSlots = 1UL << ThresholdDepth;

    /// <summary>
    /// Whether the last vote of a stopped node is on its disk. A tower is saved without fsync, so a machine that restarted since may have lost it. An
    /// unknown uptime proves nothing.
    /// </summary>
    /// <param name="uptime">How long its machine has run.</param>
    /// <param name="silence">How long no vote of it has landed.</param>
    public static bool IsOnDisk(TimeSpan? uptime, TimeSpan silence) => uptime > silence;

    /// <summary>How many slots to wait; 0 if none.</summary>
    /// <param name="newest">The newest slot of the cluster.</param>
    /// <param name="silentSince">The cluster's slot after the identity's last vote: after its node was fenced, after its guard had the time to demote it, or at the operator's statement. Must not be used for a node
    /// that may still vote unseen.</param>
    public static ulong SlotsLeft(ulong newest, ulong silentSince) => newest >= silentSince + LockedSlots ? 0 : silentSince + LockedSlots - newest;
}
