namespace Tachyon.Failover;

/// <summary>The kind of a coordinator's run.</summary>
public enum RunKind
{
    /// <summary>Moves the staked identity between two reachable nodes.</summary>
    Switchover,

    /// <summary>Takes the staked identity from a lost node.</summary>
    Takeover,

    /// <summary>Brings the pair into order after an interrupted run, or completes a pending demotion.</summary>
    Recovery,

    /// <summary>Tests whether a switchover could begin, and changes nothing.</summary>
    DryRun,
}
