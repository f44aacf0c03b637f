namespace Tachyon.Failover.Decisions;

/// <summary>What a probe of both nodes and the cluster showed.</summary>
internal sealed record PairFacts
{
    public NodeFacts Source { get; init; } = new();

    public NodeFacts Target { get; init; } = new();

    /// <summary>Which node had the newest tower when the probe began.</summary>
    public NewestTower Newest { get; init; }

    /// <summary>The newest vote of the staked identity that landed during the probe; null if none was seen to land.</summary>
    public ulong? Landed { get; init; }

    /// <summary>The one node that was seen to vote; null if none was, or both were.</summary>
    public NodeSide? SeenVoting => (Source.Votes, Target.Votes) switch
    {
        (true, not true) => NodeSide.Source,
        (not true, true) => NodeSide.Target,
        _ => null,
    };

    /// <summary>Why nothing may be changed on the pair: a client or a consensus that the library does not command safely; null if there is no such reason.</summary>
    public ClientRefusal? Client { get; init; }

    /// <summary>Whether both nodes were seen to be the same node.</summary>
    public bool AreOne { get; init; }

    /// <summary>
    /// The node with a pending demotion whose link is moved before its validator is asked, because the link points at the staked keypair.
    /// Null if there is none, or if the other node was seen without the identity, so that this node may be the active one.
    /// </summary>
    public NodeSide? LinkFirst { get; init; }

    public NodeFacts On(NodeSide side) => side == NodeSide.Source ? Source : Target;

    public NodeFacts OtherThan(NodeSide side) => side == NodeSide.Source ? Target : Source;
}
