using Microsoft.Extensions.Logging;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover;

/// <summary>Sees from outside whether the active validator's votes land, and keeps its towers. Changes no node.</summary>
/// <remarks>Thread-safe. Readings run one after the other.</remarks>
public sealed class ValidatorMonitor : IAsyncDisposable
{
    private readonly ValidatorPair _pair;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private readonly ILogger _logger;
    private readonly ObserverFeed _observers;
    private readonly MonitorTelemetry _telemetry;
    private readonly ClusterReading _cluster;
    private readonly NodeHealthProbe _node;
    private readonly TakeoverVetoes _vetoes;
    private readonly GuardEar _ear;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _lock = new();
    private Task _turn = Task.CompletedTask;
    private Task? _running;
    private volatile MonitorVerdict _verdict;

    /// <summary>Creates a monitor; nothing is asked yet.</summary>
    /// <param name="pair">The nodes: the active one is the source.</param>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="loggerFactory">For its log; null for none.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="InvalidSettingsException">The options are wrong, or the pair is; the message holds all errors.</exception>
    public ValidatorMonitor(ValidatorPair pair, MonitorOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(pair);
        Options = options?.Copy() ?? new MonitorOptions();
        InvalidSettingsException.ThrowIfAny([.. Options.Validate(), .. pair.Validate(), .. pair.WitnessErrors()]);
        _pair = pair;
        _time = timeProvider ?? TimeProvider.System;
        _begun = _time.GetTimestamp();
        _observers = new ObserverFeed(_time);
        _logger = BackgroundLogger.Behind(_observers, loggerFactory, FailoverTelemetry.LogCategory);
        _telemetry = new MonitorTelemetry(_observers, pair);
        _cluster = new ClusterReading(pair.AllWitnesses, pair.StakedIdentity, _time);
        _node = new NodeHealthProbe(pair, _time);
        _ear = new GuardEar(pair.Source.Heartbeat, _time);
        _vetoes = new TakeoverVetoes(Options, pair.StakedIdentity, _time);
        History = MonitorHistory.Begin(Options.Rules);
        _verdict = History.Verdict;
        TowerCopy = Options.KeepsTowerCopy ? new TowerCopy(pair, _logger, _time) : null;
    }

    /// <summary>The verdict after the newest reading.</summary>
    public MonitorVerdict Verdict => _verdict;

    /// <summary>The active node's tower copy, kept while <see cref="RunAsync"/> runs; null if none is kept.</summary>
    internal TowerCopy? TowerCopy { get; }

    internal MonitorOptions Options { get; }

    /// <summary>The number of readings so far.</summary>
    internal MonitorHistory History { get; private set; }

    /// <summary>The result of the newest reading.</summary>
    internal MonitorView Sight => History.Sight;

    /// <summary>
    /// Reads repeatedly, and keeps the active node's towers, until it is canceled; then it returns. Throws nothing for what a host or an RPC does. A reading waits
    /// at most <see cref="MonitorOptions.ReadTimeout"/> for answers.
    /// </summary>
    /// <param name="progress">Receives every verdict, in order and late, on a thread of its own. It may be slow and may throw without affecting the monitor.</param>
    /// <param name="cancellationToken">Ends the monitor.</param>
    /// <exception cref="InvalidOperationException">It already runs.</exception>
    /// <exception cref="InvalidSettingsException">The pair has fewer witnesses than <see cref="DetectionRules.MinimumWitnesses"/>: the validator would never count as lost.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public Task RunAsync(IProgress<MonitorVerdict>? progress = null, CancellationToken cancellationToken = default)
    {
        InvalidSettingsException.ThrowIfAny([.. _pair.TooFewWitnesses(Options.Rules.MinimumWitnesses)]);
        var ended = new TaskCompletionSource();
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
            if (_running is { IsCompleted: false })
            {
                throw new InvalidOperationException("The monitor runs already.");
            }

            _running = ended.Task;
        }

        return RunUntilAsync(progress, ended, cancellationToken);
    }

    /// <summary>Reads once, and returns the verdict. Changes no node; may be repeated. It first waits for a reading in progress.</summary>
    /// <exception cref="InvalidSettingsException">The pair has fewer witnesses than <see cref="DetectionRules.MinimumWitnesses"/>: the validator would never count as lost.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public Task<MonitorVerdict> ProbeAsync(CancellationToken cancellationToken = default)
    {
        InvalidSettingsException.ThrowIfAny([.. _pair.TooFewWitnesses(Options.Rules.MinimumWitnesses)]);
        return ProbeInTurnAsync(cancellationToken);
    }

    /// <summary>The same for a takeover, which needs the witnesses only if silence is its evidence.</summary>
    internal async Task<MonitorVerdict> ProbeInTurnAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var done = new TaskCompletionSource();
        Task before;
        lock (_lock)
        {
            (before, _turn) = (_turn, done.Task);
        }

        try
        {
            await before.ConfigureAwait(false);
            return await ProbeNowAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            done.TrySetResult();
        }
    }

    /// <summary>Whether the active node's guard was heard before the present silence. A guard that was never heard may not run.</summary>
    internal bool GuardWasHeard => _ear.WasHeardBefore(_time.GetElapsedTime(_begun) - Sight.Silence);

    /// <summary>Why its observations are no evidence for a takeover of a pair, a sentence each; empty if they are.</summary>
    internal IEnumerable<string> ErrorsFor(ValidatorPair pair, DetectionRules silence)
    {
        if (!_pair.StakedIdentity.Equals(pair.StakedIdentity) || _pair.Source.Name != pair.Source.Name || _pair.Target.Name != pair.Target.Name)
        {
            yield return $"the monitor is one of {_pair.StakedIdentity} on {_pair.Source.Name}, with {_pair.Target.Name} as the other node, and the pair is {pair.StakedIdentity} from {pair.Source.Name} to {pair.Target.Name}; give it a monitor of its own, or none.";
        }

        if (!Options.Rules.IsSameAs(silence))
        {
            yield return $"the monitor has other rules than policy.{nameof(TakeoverPolicy.Detection)}; make both the same {nameof(DetectionRules)}.";
        }
    }

    /// <summary>Ends all that runs, and waits for it. May be called twice.</summary>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_lock)
        {
            running = _running ?? Task.CompletedTask;
        }

        try
        {
            // Not CancelAsync, which would continue on another thread.
#pragma warning disable CA1849
            _disposed.Cancel();
#pragma warning restore CA1849
        }
        catch (AggregateException)
        {
            // A part of an embedder may throw anything when it is stopped. It has ended then.
        }

        await running.ConfigureAwait(false);
    }

    private async Task RunUntilAsync(IProgress<MonitorVerdict>? progress, TaskCompletionSource ended, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        try
        {
            var keeping = TowerCopy?.RunAsync(stop.Token) ?? Task.CompletedTask;
            while (!stop.IsCancellationRequested)
            {
                var asked = _time.GetTimestamp();
                if (await TryProbeAsync(stop.Token).ConfigureAwait(false) is { } verdict && progress is not null)
                {
                    _observers.Post(() => progress.Report(verdict));
                }

                if (Options.Interval - _time.GetElapsedTime(asked) is var left && left > TimeSpan.Zero)
                {
                    await _time.PauseAsync(left, stop.Token).ConfigureAwait(false);
                }
            }

            await keeping.ConfigureAwait(false);
            await _observers.SettleAsync().ConfigureAwait(false);
        }
        finally
        {
            ended.TrySetResult();
        }
    }

    private async Task<MonitorVerdict?> TryProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ProbeInTurnAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<MonitorVerdict> ProbeNowAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var before = _verdict;
        var isHealthy = before.State == MonitorState.Healthy;
        _node.Begin(triesPorts: !isHealthy && before.Details is not null, Options.ReadTimeout);

        if (isHealthy)
        {
            _ear.Listen(_time.GetElapsedTime(_begun));
        }

        // Votes that land need no veto.
        var vetoing = isHealthy ? Task.FromResult<string?>(null) : _vetoes.AskAsync(cancellationToken);
        var look = await _cluster.TakeAsync(_time.GetElapsedTime(_begun), Options.ReadTimeout, cancellationToken).ConfigureAwait(false);
        look = look with { Veto = await vetoing.ConfigureAwait(false) };
        var node = await _node.NewestAsync(waits: before.Details is null).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        History = History.After(look);
        TowerCopy?.Note(Sight.Slot);
        var verdict = History.Verdict.With(it => it.Details = MonitorDetailsBuilder.Probe(look, node, Sight, TowerCopy));
        _verdict = verdict;
        if (verdict.State != before.State)
        {
            FailoverLog.WatchChanged(_logger, _pair.StakedIdentity.ToString(), _pair.Source.Name, verdict.State.ToString(), verdict.Reason);
        }

        _telemetry.Probed(verdict);
        return verdict;
    }
}
