namespace Tachyon.Failover.Soak.Takeovers;

/// <summary>What becomes of the active node.</summary>
internal enum Loss
{
    /// <summary>Its validator dies, again and again, as often as the supervisor starts it.</summary>
    Killed,

    /// <summary>Its machine loses its power, and comes back later through its link.</summary>
    HostDown,

    /// <summary>Its validator is stopped (SIGSTOP), and wakes up later.</summary>
    Frozen,

    /// <summary>It is cut off from the cluster only.</summary>
    CutFromCluster,

    /// <summary>It is cut off from the daemon, and votes.</summary>
    CutFromMonitor,

    /// <summary>It is cut off from all.</summary>
    CutFromAll,

    /// <summary>Its disk is lost, and its validator dies of it.</summary>
    DiskLost,
}
