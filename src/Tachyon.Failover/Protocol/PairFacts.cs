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

    public NodeFacts On(NodeSide side) => side == NodeSide.Source ? Source : Target;

    public NodeFacts OtherThan(NodeSide side) => side == NodeSide.Source ? Target : Source;
}
