namespace Tachyon.Failover.Takeover;

/// <summary>
/// For how long votes that nobody has seen may still bind the staked identity, when its tower is lost and is to be rebuilt from the chain. docs/safety.md has it in words.
/// </summary>
/// <remarks>
/// A validator does not vote on top of a vote at depth <see cref="ThresholdDepth"/> that two thirds of the stake have not voted for as well (the tower file's threshold depth and size,
/// validator.md). So of the votes that have not landed at most so many can be for a fork that the cluster has not taken; the lowest of them locks its slot for 2 to the power of that. Whatever lies
/// deeper is on the cluster's own fork, and cannot conflict with it.
/// </remarks>
internal static class UnseenVotes
{
    /// <summary>How deep a tower may be before the cluster must have followed.</summary>
    public const int ThresholdDepth = 8;

    /// <summary>How many slots behind its last landed vote the identity may vote again without knowing what it voted for unseen.</summary>
    public const ulong LockedSlots = 1UL << ThresholdDepth;

    /// <summary>
    /// Whether the last vote that a stopped node cast is on its disk: a tower is saved without being forced onto the disk (fsync), so a machine that was started anew since may have lost it. An
    /// uptime that is not known proves nothing.
    /// </summary>
    /// <param name="uptime">How long its machine has run.</param>
    /// <param name="silence">How long no vote of it has landed.</param>
    public static bool IsOnDisk(TimeSpan? uptime, TimeSpan silence) => uptime > silence;

    /// <summary>How many slots are still to be waited for; 0 if none.</summary>
    /// <param name="newest">The newest slot of the cluster.</param>
    /// <param name="silentSince">The cluster's slot at a moment behind the identity's last vote: when its node had been fenced, or its guard had had the time to demote it, or a person says that it is gone. Of a node
    /// that may go on voting unseen it must not be asked.</param>
    public static ulong SlotsLeft(ulong newest, ulong silentSince) => newest >= silentSince + LockedSlots ? 0 : silentSince + LockedSlots - newest;
}
