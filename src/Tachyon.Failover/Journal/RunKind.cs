namespace Tachyon.Failover.Journal;

/// <summary>What a run of a coordinator does.</summary>
public enum RunKind
{
    /// <summary>It moves the staked identity between two nodes that answer.</summary>
    Switchover,

    /// <summary>It takes the staked identity from a node that is lost.</summary>
    Takeover,

    /// <summary>It brings the pair into order after a run that was interrupted, or settles what a takeover left to be done.</summary>
    Recovery,
}
