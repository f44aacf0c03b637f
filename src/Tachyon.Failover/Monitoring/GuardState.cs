namespace Tachyon.Failover.Monitoring;

/// <summary>What a <see cref="NodeGuard"/> is at.</summary>
public enum GuardState
{
    /// <summary>Its node runs the staked identity, or may, and votes land: or they do not, and it counts.</summary>
    Guarding = 0,

    /// <summary>Its node does not run the staked identity. There is nothing to guard.</summary>
    Idle = 1,

    /// <summary>The whole cluster stands still, so that nobody's votes land.</summary>
    ClusterStandsStill = 2,

    /// <summary>It demotes its node, and goes on until that is done.</summary>
    Demoting = 3,

    /// <summary>It has demoted its node, as was read back.</summary>
    Demoted = 4,

    /// <summary>It does not guard yet, and demotes nothing: it has not seen that its settings are those of the node's validator. The reason says what is missing; it goes on looking.</summary>
    NotGuarding = 5,
}
