namespace Tachyon.Failover.Decisions;

/// <summary>The state of its own node that a guard sees.</summary>
internal enum GuardedNode
{
    /// <summary>It does not answer.</summary>
    Silent,

    /// <summary>It does not run the staked identity, and would not after a start.</summary>
    Unstaked,

    /// <summary>Its validator runs the staked identity.</summary>
    Staked,

    /// <summary>Its validator was up and is now down or starting, and its link points at the staked keypair: it does not vote now, but may in a moment.</summary>
    Coming,
}
