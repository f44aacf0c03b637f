namespace Tachyon.Failover;

/// <summary>How a switchover ended.</summary>
public enum FailoverOutcome
{
    /// <summary>An operator must check the nodes. No node was promoted on a guess.</summary>
    Indeterminate = 0,

    /// <summary>The target runs the staked identity and its votes land.</summary>
    Completed = 1,

    /// <summary>
    /// Something failed before the promotion, and the source was restored. If it ran the staked identity before, a new vote of it was seen. The source of a takeover
    /// that did not run it before, for example because its guard had demoted it, does not vote.
    /// </summary>
    RolledBack = 2,

    /// <summary>Nothing was moved: the preflight found a blocker, no window opened, another coordinator is at work, or the caller canceled in time.</summary>
    Refused = 3,
}
