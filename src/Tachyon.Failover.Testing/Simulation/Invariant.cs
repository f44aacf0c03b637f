namespace Tachyon.Failover.Testing.Simulation;

/// <summary>The conditions that hold under all faults.</summary>
public enum Invariant
{
    /// <summary>At most one node can sign a vote of the account.</summary>
    OneVoter,

    /// <summary>Every signed vote follows from the vote signed before it, on either node: no slot twice, no lockout broken.</summary>
    OneTower,

    /// <summary>The vote program refuses no vote, except for being too old or for an orphaned block.</summary>
    NoRefusedVotes,

    /// <summary>No restart of any node, at any time, makes a second voter.</summary>
    RestartsAreSafe,

    /// <summary>The newest signed votes are in a tower on some disk, in its place or moved aside.</summary>
    NoTowerLost,

    /// <summary>After a coordinator has ended or died, the locks are free.</summary>
    NoLockLeft,

    /// <summary>A result's claims about the nodes are true.</summary>
    ResultsAreTrue,

    /// <summary>Every run of a coordinator ends.</summary>
    EverythingEnds,

    /// <summary>After all faults are over, one recovery makes one node vote, and a second recovery changes nothing.</summary>
    RecoveryEnds,

    /// <summary>After all faults are over, every pending demotion of the lost node is complete, and the journal says so.</summary>
    DebtsEnd,
}
