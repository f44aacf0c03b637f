using Tachyon.Failover.Monitoring;
using Tachyon.Failover.Takeover;
using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Watchdog.Watching;

/// <summary>A pair that the library watches and takes over.</summary>
internal sealed class CoordinatedPair(ValidatorPair pair, FailoverCoordinator coordinator, TakeoverPolicy policy, WatchOptions options, ILoggerFactory loggers, TimeProvider time) : IWatchedPair
{
    private readonly ValidatorWatch _watch = new(pair, options, loggers, time);

    public string Source => pair.Source.Name;

    public string Target => pair.Target.Name;

    public WatchVerdict Verdict => _watch.Verdict;

    public ulong? ShadowAge => _watch.Shadow?.AgeInSlots;

    public Task WatchAsync(IProgress<WatchVerdict> verdicts, CancellationToken cancellationToken) => _watch.RunAsync(verdicts, cancellationToken);

    public Task<FailoverResult> TakeOverAsync(CancellationToken cancellationToken) => coordinator.TakeoverAsync(pair, policy, _watch, progress: null, cancellationToken);

    public Task<IReadOnlyList<string>> ReadDebtAsync(CancellationToken cancellationToken) => coordinator.ReadDebtAsync(pair, cancellationToken);

    public Task<RecoveryResult> SettleDebtAsync(CancellationToken cancellationToken) => coordinator.SettleDebtAsync(pair, progress: null, cancellationToken);

    public ValueTask DisposeAsync() => _watch.DisposeAsync();
}
