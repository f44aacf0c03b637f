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

    /// <summary>The watcher does not reach the active node.</summary>
    WatcherFromActive,

    /// <summary>The watcher does not reach the inactive node, which is a witness.</summary>
    WatcherFromInactive,

    /// <summary>The watcher reaches no node.</summary>
    WatcherFromAll,

    /// <summary>The whole cluster makes no blocks.</summary>
    ClusterHalted,

    /// <summary>The active validator is stopped for less than T2.</summary>
    ActiveFrozen,

    /// <summary>The active node is cut off from the cluster for less than T2.</summary>
    ActiveCutOff,
}
