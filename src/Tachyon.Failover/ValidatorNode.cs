using Tachyon.Failover.Cluster;
using Tachyon.Failover.Hosts;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Schedule;

namespace Tachyon.Failover;

/// <summary>One of the two nodes, as the parts by which it is commanded. Each part may be the embedder's own.</summary>
public sealed record ValidatorNode
{
    /// <summary>What messages call the node.</summary>
    public required string Name { get; init; }

    /// <summary>The running validator.</summary>
    public required IValidatorHost Host { get; init; }

    /// <summary>The link that decides which identity comes back at a restart.</summary>
    public required IIdentityLink Link { get; init; }

    /// <summary>What keeps two coordinators apart on this node.</summary>
    public required INodeLock Lock { get; init; }

    /// <summary>
    /// How to wait for a time in which this validator does not lead: by the leader schedule (<see cref="ScheduleRestartWindow"/>), or by the validator's own command
    /// (<see cref="ShellRestartWindow"/>). Null if there is no way.
    /// </summary>
    public IRestartWindow? RestartWindow { get; init; }

    /// <summary>The validator's own JSON-RPC.</summary>
    public required IClusterRpc Rpc { get; init; }
}
