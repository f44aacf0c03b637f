namespace Tachyon.Failover.Protocol;

/// <summary>What a look at both nodes and the cluster showed.</summary>
internal sealed record PairFacts
{
    public NodeFacts Source { get; init; } = new();

    public NodeFacts Target { get; init; } = new();

    /// <summary>Who has the newest tower, as it was when the look began.</summary>
    public NewestTower Newest { get; init; }

    /// <summary>Whether both nodes were seen to be one and the same.</summary>
    public bool AreOne { get; init; }

    /// <summary>
    /// The node that a takeover took the identity from, and whose validator was not asked anything yet: its link names the staked keypair, and is moved before. Null if there is none, or if the
    /// other node was seen not to have the identity, so that it may be this one's after all.
    /// </summary>
    public NodeSide? LinkFirst { get; init; }

    public NodeFacts On(NodeSide side) => side == NodeSide.Source ? Source : Target;

    public NodeFacts OtherThan(NodeSide side) => side == NodeSide.Source ? Target : Source;
}
