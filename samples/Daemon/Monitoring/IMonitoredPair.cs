namespace Tachyon.Failover.Daemon.Monitoring;

/// <summary>A pair in the direction of a takeover, and the actions on it.</summary>
internal interface IMonitoredPair : IAsyncDisposable
{
    /// <summary>The active node.</summary>
    string Source { get; }

    /// <summary>The node that would take over.</summary>
    string Target { get; }

    /// <summary>The monitor's current verdict.</summary>
    MonitorVerdict Verdict { get; }

    /// <summary>How many slots the newest kept tower is behind the cluster; null if no tower is kept.</summary>
    ulong? TowerCopyAge { get; }

    /// <summary>Why no verb may touch the pair: its client or its cluster's consensus is one that the library does not command safely. Null if there is no such reason.</summary>
    Task<string?> WhyRefusedAsync(CancellationToken cancellationToken);

    /// <summary>Monitors until canceled, and reports a verdict after every reading.</summary>
    Task WatchAsync(IProgress<MonitorVerdict> verdicts, CancellationToken cancellationToken);

    Task<FailoverResult> TakeOverAsync(CancellationToken cancellationToken);

    /// <summary>The demotions that are pending on either node, by the journal.</summary>
    Task<IReadOnlyList<FailoverNote>> GetPendingDemotionsAsync(CancellationToken cancellationToken);

    Task<RecoveryResult> CompleteDemotionAsync(CancellationToken cancellationToken);
}
