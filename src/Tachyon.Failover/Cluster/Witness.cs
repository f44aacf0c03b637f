namespace Tachyon.Failover.Cluster;

/// <summary>One of the RPC nodes of the cluster that are asked whether votes land. Immutable.</summary>
/// <remarks>Two names of one node, or two nodes through one gateway, are one witness: give each provider once.</remarks>
public sealed class Witness
{
    /// <summary>Its name in messages.</summary>
    public required string Name { get; init; }

    /// <summary>Its JSON-RPC.</summary>
    public required IClusterRpc Rpc { get; init; }
}
