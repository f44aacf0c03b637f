namespace Tachyon.Failover.Testing.Simulation;

/// <summary>What a coordinator asks a node to do, by its name: where a fault can be put.</summary>
public enum NodeCall
{
    /// <summary><c>set-identity</c> with the staked keypair: the promotion, and the way back of a source.</summary>
    TakeStakedIdentity,

    /// <summary><c>set-identity</c> with the unstaked keypair: the fence, and the one that a target is made to do while arming.</summary>
    TakeUnstakedIdentity,

    /// <summary><c>authorized-voter add</c>.</summary>
    AddAuthorizedVoters,

    /// <summary><c>authorized-voter remove-all</c>: the seal.</summary>
    RemoveAllAuthorizedVoters,

    /// <summary><c>contact-info</c>.</summary>
    ShowContactInfo,

    /// <summary>The look of the preflight at files, processes and rights.</summary>
    Inspect,

    /// <summary>Where the identity link points.</summary>
    ReadLink,

    /// <summary>The identity link is pointed at the staked keypair.</summary>
    PointLinkAtStaked,

    /// <summary>The identity link is pointed at the unstaked keypair.</summary>
    PointLinkAtUnstaked,

    /// <summary>The wait for the next saved vote of the source.</summary>
    AwaitVote,

    /// <summary>The tower is read.</summary>
    ReadTower,

    /// <summary>The tower is put into its place, or under a temporary name by a dry run.</summary>
    DeliverTower,

    /// <summary>The tower in its place is moved aside.</summary>
    MoveTowerAside,

    /// <summary>The validator's process is stopped.</summary>
    StopValidator,

    /// <summary>The other node's tower is kept beside the real name.</summary>
    StoreShadow,

    /// <summary>The tower that is kept so is read.</summary>
    ReadShadow,
}
