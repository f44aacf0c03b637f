namespace Tachyon.Failover.Cluster;

/// <summary>An RPC node of the cluster that is asked whether votes land, besides others. Immutable.</summary>
/// <remarks>Two names of one node, or two nodes behind one gateway, are one witness: give each provider once.</remarks>
public sealed record ClusterWitness
{
    /// <summary>What messages call it.</summary>
    public required string Name { get; init; }

    /// <summary>Its JSON-RPC.</summary>
    public required IClusterRpc Rpc { get; init; }
}
