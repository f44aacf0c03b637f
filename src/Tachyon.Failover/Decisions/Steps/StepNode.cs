namespace Tachyon.Failover.Decisions;

/// <summary>The node on which a step runs. Source and target are the direction of a switchover or a takeover. In a rollback and a recovery one node keeps the identity, and the other one does not.</summary>
internal enum StepNode
{
    /// <summary>Both nodes, or the cluster.</summary>
    Both,

    Source,

    Target,

    /// <summary>The node that keeps the identity: the source of a rollback, and whichever node a recovery has found.</summary>
    Keeper,

    /// <summary>The node that does not keep it.</summary>
    Other,
}
