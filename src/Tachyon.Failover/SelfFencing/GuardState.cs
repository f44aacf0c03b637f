namespace Tachyon.Failover;

/// <summary>The state of a <see cref="NodeGuard"/>.</summary>
public enum GuardState
{
    /// <summary>It does not guard yet, and demotes nothing: it has not confirmed that its settings match the node's validator. Or its client or cluster is one that the library does not command safely. The reason says what is missing; it keeps trying.</summary>
    NotGuarding = 0,

    /// <summary>Its node runs the staked identity, or may. The guard counts the silence while no votes land.</summary>
    Guarding = 1,

    /// <summary>Its node does not run the staked identity. There is nothing to guard.</summary>
    Idle = 2,

    /// <summary>The whole cluster is halted, so that no node's votes land.</summary>
    ClusterHalted = 3,

    /// <summary>It demotes its node, and repeats that until it is done.</summary>
    Demoting = 4,

    /// <summary>It has demoted its node, and read that back.</summary>
    Demoted = 5,
}
