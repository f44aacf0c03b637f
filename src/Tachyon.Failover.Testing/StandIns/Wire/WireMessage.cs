namespace Tachyon.Failover.Testing.StandIns.Wire;

/// <summary>A line between the cluster process and a validator process: one of these is set.</summary>
internal sealed record WireMessage
{
    public WireJoin? Join { get; init; }

    public WireVote? Vote { get; init; }

    public WireGossipVote? GossipVote { get; init; }

    public WireContact? Contact { get; init; }

    /// <summary>The newest slot that the node has replayed: it is alive.</summary>
    public ulong? Replayed { get; init; }

    public IReadOnlyList<WireBank>? History { get; init; }

    public WireBank? Bank { get; init; }
}
