namespace Tachyon.Failover.Testing.Simulation;

/// <summary>What must never be otherwise, whatever goes wrong.</summary>
public enum Invariant
{
    /// <summary>At most one node can sign a vote of the account.</summary>
    OneVoter,

    /// <summary>Every signed vote follows from the one that was signed before it, whoever signed it: no slot twice, no lockout broken.</summary>
    OneTower,

    /// <summary>No vote is refused by the vote program, but for being too old, or for a block that was orphaned.</summary>
    NoRefusedVotes,

    /// <summary>No restart of any node, at any point, makes a second voter.</summary>
    RestartsAreSafe,

    /// <summary>The newest signed votes are in a tower on some disk, in its place or moved aside.</summary>
    NoTowerLost,

    /// <summary>When a coordinator is through or gone, the locks are free.</summary>
    NoLockLeft,

    /// <summary>What a result says of the nodes is so.</summary>
    ResultsAreTrue,

    /// <summary>Whatever a coordinator begins comes to an end.</summary>
    EverythingEnds,

    /// <summary>Once everything works again, one recovery is enough for one node to vote, and a second one changes nothing.</summary>
    RecoveryEnds,

    /// <summary>Once everything works again, what a takeover has left to be done on the lost node is done, and the journal says so.</summary>
    DebtsEnd,
}
