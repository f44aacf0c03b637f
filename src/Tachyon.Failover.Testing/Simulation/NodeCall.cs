namespace Tachyon.Failover.Testing.Simulation;

/// <summary>The name of a coordinator's call to a node. Faults are placed by it.</summary>
public enum NodeCall
{
    /// <summary><c>set-identity</c> with the staked keypair: the promotion, and the rollback of a source.</summary>
    TakeStakedIdentity,

    /// <summary><c>set-identity</c> with the unstaked keypair: the demotion, and the trial that prepares a target.</summary>
    TakeUnstakedIdentity,

    /// <summary><c>authorized-voter add</c>.</summary>
    AddAuthorizedVoters,

    /// <summary><c>authorized-voter remove-all</c>: the seal.</summary>
    RemoveAllAuthorizedVoters,

    /// <summary><c>contact-info</c>.</summary>
    ShowContactInfo,

    /// <summary>The preflight's read of files, processes and rights.</summary>
    Inspect,

    /// <summary>Reads the target of the identity link.</summary>
    ReadLink,

    /// <summary>Points the identity link at the staked keypair.</summary>
    PointLinkAtStaked,

    /// <summary>Points the identity link at the unstaked keypair.</summary>
    PointLinkAtUnstaked,

    /// <summary>Waits for the next saved vote of the source.</summary>
    AwaitVote,

    /// <summary>Reads the tower.</summary>
    ReadTower,

    /// <summary>Delivers the tower to its place, or in a dry run under a temporary name.</summary>
    DeliverTower,

    /// <summary>Moves the tower in its place aside.</summary>
    MoveTowerAside,

    /// <summary>Stops the validator's process.</summary>
    StopValidator,

    /// <summary>Stores the other node's tower beside the real name.</summary>
    StoreTowerCopy,

    /// <summary>Reads the tower that is stored so.</summary>
    ReadTowerCopy,
}
