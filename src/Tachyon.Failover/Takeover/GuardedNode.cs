namespace Tachyon.Failover.Takeover;

/// <summary>What a guard sees of its own node.</summary>
internal enum GuardedNode
{
    /// <summary>It does not say.</summary>
    Silent,

    /// <summary>It does not run the staked identity, and would not after a start.</summary>
    Unstaked,

    /// <summary>Its validator runs the staked identity.</summary>
    Staked,

    /// <summary>Its validator, which was seen up before, is down, or is in its start, and its link names the staked keypair: it votes for nothing now, and may in a moment.</summary>
    Coming,
}
