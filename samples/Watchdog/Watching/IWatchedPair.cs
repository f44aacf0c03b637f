using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Watchdog.Watching;

/// <summary>A pair in the direction in which it would be taken over, and what can be done with it.</summary>
internal interface IWatchedPair : IAsyncDisposable
{
    /// <summary>The active node.</summary>
    string Source { get; }

    /// <summary>The node that would take over.</summary>
    string Target { get; }

    /// <summary>What the watch thinks now.</summary>
    WatchVerdict Verdict { get; }

    /// <summary>How far the newest tower that is kept is behind the cluster, in slots; null if none is kept.</summary>
    ulong? ShadowAge { get; }

    /// <summary>Watches until it is cancelled, and tells what it thinks after every look.</summary>
    Task WatchAsync(IProgress<WatchVerdict> verdicts, CancellationToken cancellationToken);

    Task<FailoverResult> TakeOverAsync(CancellationToken cancellationToken);

    /// <summary>What the journal says is owed on either node.</summary>
    Task<IReadOnlyList<string>> ReadDebtAsync(CancellationToken cancellationToken);

    Task<RecoveryResult> SettleDebtAsync(CancellationToken cancellationToken);
}
