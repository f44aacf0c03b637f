namespace Tachyon.Failover;

/// <summary>How a recovery ended.</summary>
public enum RecoveryOutcome
{
    /// <summary>An operator must act; the operator actions name the commands. No node was promoted on a guess. The recovery may be repeated.</summary>
    Indeterminate = 0,

    /// <summary>One node votes, the other cannot, and a restart does not change that. <see cref="RecoveryResult.IdentityAt"/> says which.</summary>
    Recovered = 1,

    /// <summary>
    /// The pair was in order without a pending demotion, and was not changed. The node without the identity may have been asked to add its authorized voters, which no call can list.
    /// </summary>
    NothingToDo = 2,

    /// <summary>Another coordinator is at work on a node, or the caller canceled before any change.</summary>
    Refused = 3,
}
