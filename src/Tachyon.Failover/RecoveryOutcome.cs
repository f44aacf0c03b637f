namespace Tachyon.Failover;

/// <summary>How a recovery ended.</summary>
public enum RecoveryOutcome
{
    /// <summary>One node votes, the other cannot, and no restart would change that. <see cref="RecoveryResult.IdentityAt"/> says which.</summary>
    Recovered,

    /// <summary>Another coordinator is at work on a node, or the caller gave up before anything was changed.</summary>
    Refused,

    /// <summary>A person must look; the follow-ups name the commands. Nobody was given a vote on a guess. It may be called again.</summary>
    Indeterminate,

    /// <summary>
    /// The pair was in order, and nothing was owed: nothing was changed. The node without the identity may have been asked to keep its authorized voters, which no call can list.
    /// </summary>
    NothingToDo,
}
