namespace Tachyon.Failover;

/// <summary>What a recovery would do.</summary>
public enum RecoveryAction
{
    /// <summary>Nothing: only an operator can find out what is safe. The operator actions name the commands.</summary>
    AskOperator,

    /// <summary>Nothing: one node votes, the other cannot, and a restart does not change that.</summary>
    NothingToDo,

    /// <summary>The source keeps the staked identity, or gets it back with its own tower. The target is ruled out as a voter first.</summary>
    KeepAtSource,

    /// <summary>The target keeps the staked identity, or gets it back with its own tower. The source is ruled out as a voter first.</summary>
    KeepAtTarget,
}
