namespace Tachyon.Failover;

/// <summary>One of the two nodes of a switchover.</summary>
public enum NodeSide
{
    /// <summary>The node that loses the staked identity.</summary>
    Source,

    /// <summary>The node that gets it.</summary>
    Target,
}
