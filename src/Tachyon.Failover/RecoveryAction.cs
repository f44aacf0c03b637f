namespace Tachyon.Failover;

/// <summary>What a recovery does about what was found.</summary>
public enum RecoveryAction
{
    /// <summary>Nothing: what is safe cannot be told without a person. The follow-ups name the commands.</summary>
    LeaveToAPerson,

    /// <summary>Nothing: one node votes, the other cannot, and no restart would change that.</summary>
    NothingToDo,

    /// <summary>The source keeps the staked identity, or gets it back with its own tower: the target is ruled out as a voter first.</summary>
    SettleAtSource,

    /// <summary>The target keeps the staked identity, or gets it back with its own tower: the source is ruled out as a voter first.</summary>
    SettleAtTarget,
}
