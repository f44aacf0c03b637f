namespace Tachyon.Failover;

/// <summary>One of the two nodes of a switchover.</summary>
public enum NodeSide
{
    /// <summary>The node that gives the staked identity away.</summary>
    Source,

    /// <summary>The node that takes it.</summary>
    Target,
}
