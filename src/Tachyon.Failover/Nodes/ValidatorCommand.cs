namespace Tachyon.Failover.Nodes;

/// <summary>The commands that a failover sends to a validator; see <see cref="IValidatorHost.CommandFor"/>.</summary>
public enum ValidatorCommand
{
    /// <summary><c>set-identity</c> with the node's unstaked keypair.</summary>
    TakeUnstakedIdentity,

    /// <summary><c>set-identity --require-tower</c> with the staked keypair.</summary>
    TakeStakedIdentity,

    /// <summary><c>authorized-voter add</c>, once for each voter of the node.</summary>
    AddAuthorizedVoters,

    /// <summary><c>authorized-voter remove-all</c>.</summary>
    RemoveAllAuthorizedVoters,

    /// <summary><c>contact-info</c>.</summary>
    ShowContactInfo,

    /// <summary>Moves the staked identity's tower aside, so that no stale tower is used later.</summary>
    MoveTowerAside,
}
