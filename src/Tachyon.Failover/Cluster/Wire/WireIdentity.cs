namespace Tachyon.Failover.Cluster.Wire;

/// <summary>The result of <c>getIdentity</c>.</summary>
internal sealed record WireIdentity
{
    public required string Identity { get; init; }
}
