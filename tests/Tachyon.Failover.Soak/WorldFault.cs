namespace Tachyon.Failover.Soak;

/// <summary>The faults of the world that can happen at any time, in any step of the coordinator.</summary>
internal enum WorldFault
{
    /// <summary>The coordinator does not reach the source for a while.</summary>
    CoordinatorFromSource,

    /// <summary>The coordinator does not reach the target for a while.</summary>
    CoordinatorFromTarget,

    /// <summary>The coordinator reaches neither node for a while.</summary>
    CoordinatorFromBoth,

    /// <summary>The coordinator does not reach the cluster's RPC for a while.</summary>
    CoordinatorFromCluster,

    /// <summary>The source is cut off from the cluster for a while.</summary>
    SourceFromCluster,

    /// <summary>The target is cut off from the cluster for a while.</summary>
    TargetFromCluster,

    /// <summary>The source's machine loses its power.</summary>
    SourceHostCrash,

    /// <summary>The target's machine loses its power.</summary>
    TargetHostCrash,

    /// <summary>The source's validator dies.</summary>
    SourceCrash,

    /// <summary>The target's validator dies.</summary>
    TargetCrash,

    /// <summary>The source's validator is stopped for a while.</summary>
    SourceStopped,

    /// <summary>The target's validator is stopped for a while.</summary>
    TargetStopped,

    /// <summary>The coordinator's program ends.</summary>
    CoordinatorCrash,

    /// <summary>The coordinator's wall clock jumps.</summary>
    ClockJump,

    /// <summary>The connection to one of the nodes is reset.</summary>
    ConnectionReset,

    /// <summary>The coordinator's machine, or its program alone, stands still for a while.</summary>
    CoordinatorStandsStill,

    /// <summary>The source's <c>admin.rpc</c> cannot be found for a while.</summary>
    SourceSocketGone,

    /// <summary>The target's <c>admin.rpc</c> cannot be found for a while.</summary>
    TargetSocketGone,
}
