namespace Tachyon.Failover;

/// <summary>How a switchover ended.</summary>
public enum SwitchoverOutcome
{
    /// <summary>The target runs the staked identity and its votes land.</summary>
    Completed,

    /// <summary>Nothing was moved: the preflight found a reason, no window opened, another coordinator is at work, or the caller gave up before.</summary>
    Refused,

    /// <summary>
    /// Something failed before the promotion, and the source has back what was taken from it. If it ran the staked identity before, a new vote of it was seen. The source of a takeover that did not run it before, such
    /// as one that its guard had demoted, does not vote.
    /// </summary>
    Undone,

    /// <summary>The nodes are left in a state that a person must look at. Nobody was promoted on a guess.</summary>
    Indeterminate,
}
