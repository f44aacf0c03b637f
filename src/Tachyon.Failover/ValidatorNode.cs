using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.RestartWindows;

namespace Tachyon.Failover;

/// <summary>One of the two nodes, as the parts that control it. Each part may be the embedder's own.</summary>
public sealed record ValidatorNode
{
    /// <summary>The node's name in messages.</summary>
    public required string Name { get; init; }

    /// <summary>The running validator.</summary>
    public required IValidatorHost Host { get; init; }

    /// <summary>The link that decides which identity the node runs after a restart.</summary>
    public required IIdentityLink Link { get; init; }

    /// <summary>The lock that excludes a second coordinator on this node.</summary>
    public required INodeLock Lock { get; init; }

    /// <summary>
    /// How to wait for a time in which this validator does not lead: by the leader schedule (<see cref="ScheduleRestartWindow"/>), or as you like.
    /// Null if there is none.
    /// </summary>
    public IRestartWindow? RestartWindow { get; init; }

    /// <summary>The validator's own JSON-RPC.</summary>
    public required IClusterRpc Rpc { get; init; }

    /// <summary>How a takeover stops a validator that cannot be demoted; null if it must not.</summary>
    public IValidatorProcess? Process { get; init; }

    /// <summary>The fencing device, for a takeover from this node when it is unreachable; null if there is none.</summary>
    public IFencingDevice? FencingDevice { get; init; }

    /// <summary>The heartbeat of a guard on the node; null if there is none. Then no guard counts as evidence.</summary>
    public IGuardHeartbeat? Heartbeat { get; init; }

    /// <summary>Where a monitor keeps the other node's tower copy on this one; null if it keeps none.</summary>
    public ITowerCopyStore? TowerCopies { get; init; }
}
