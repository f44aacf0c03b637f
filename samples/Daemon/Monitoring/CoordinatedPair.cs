namespace Tachyon.Failover.Daemon.Monitoring;

/// <summary>A pair that the library monitors and takes over.</summary>
internal sealed class CoordinatedPair(ValidatorPair pair, FailoverCoordinator coordinator, TakeoverPolicy policy, MonitorOptions options, ILoggerFactory loggers, TimeProvider time) : IMonitoredPair
{
    /// <summary>The note of a diagnosis that every verb refuses the pair (docs/notes.md).</summary>
    private const string ClientRefused = "TF209";

    private readonly ValidatorMonitor _watch = new(pair, options, loggers, time);

    public string Source => pair.Source.Name;

    public string Target => pair.Target.Name;

    public MonitorVerdict Verdict => _watch.Verdict;

    public ulong? TowerCopyAge => _watch.Verdict.Details?.TowerCopyAgeInSlots;

    public async Task<string?> WhyRefusedAsync(CancellationToken cancellationToken)
    {
        var diagnosis = await coordinator.DiagnoseAsync(pair, cancellationToken);
        return diagnosis.Notes.FirstOrDefault(note => note.Code == ClientRefused) is { } refused ? $"{diagnosis.Reason} {refused.Text}" : null;
    }

    public Task WatchAsync(IProgress<MonitorVerdict> verdicts, CancellationToken cancellationToken) => _watch.RunAsync(verdicts, cancellationToken);

    public Task<FailoverResult> TakeOverAsync(CancellationToken cancellationToken) => coordinator.TakeoverAsync(pair, policy, _watch, progress: null, cancellationToken);

    public Task<IReadOnlyList<FailoverNote>> GetPendingDemotionsAsync(CancellationToken cancellationToken) => coordinator.GetPendingDemotionsAsync(pair, cancellationToken);

    public Task<RecoveryResult> CompleteDemotionAsync(CancellationToken cancellationToken) => coordinator.CompleteDemotionAsync(pair, progress: null, cancellationToken);

    public ValueTask DisposeAsync() => _watch.DisposeAsync();
}
