namespace Tachyon.Failover.Soak.Takeovers;

/// <summary>The faults of a day that are over before an operator should act on them.</summary>
internal enum PassingFault
{
    ProviderDown,
    ProviderSlow,
    ProviderBehind,
    ProviderStuck,

    /// <summary>One provider, always the same, tells of slots that are far ahead, and of no votes.</summary>
    ProviderMad,

    /// <summary>The daemon does not reach the active node.</summary>
    MonitorFromActive,

    /// <summary>The daemon does not reach the inactive node, which is a witness.</summary>
    MonitorFromInactive,

    /// <summary>The daemon reaches no node.</summary>
    MonitorFromAll,

    /// <summary>The whole cluster makes no blocks.</summary>
    ClusterHalted,

    /// <summary>The active validator is stopped for less than T2.</summary>
    ActiveFrozen,

    /// <summary>The active node is cut off from the cluster for less than T2.</summary>
    ActiveCutOff,
}
