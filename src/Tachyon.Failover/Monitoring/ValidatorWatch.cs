using Microsoft.Extensions.Logging;
using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Monitoring;

/// <summary>Watches from outside whether the active validator's votes land, and keeps its towers. Moves nothing.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ValidatorWatch : IAsyncDisposable
{
    private readonly ValidatorPair _pair;
    private readonly TimeProvider _time;
    private readonly long _begun;

    /// <summary>Makes a watch; nothing is asked yet.</summary>
    /// <param name="pair">The nodes: the active one is the source.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="loggerFactory">Where it logs; null for nowhere.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="InvalidSettingsException">The options are wrong; the message holds all errors.</exception>
    public ValidatorWatch(ValidatorPair pair, WatchOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(pair);
        Options = options ?? new WatchOptions();
        InvalidSettingsException.ThrowIfAny(Options.Validate());
        _pair = pair;
        _time = timeProvider ?? TimeProvider.System;
        _begun = _time.GetTimestamp();
        History = WatchHistory.Begin(Options.Rules);
    }

    /// <summary>What it thinks after the newest look.</summary>
    public WatchVerdict Verdict => History.Verdict;

    /// <summary>The active node's newest tower; null if it keeps none.</summary>
    public TowerShadow? Shadow { get; private set; }

    internal WatchOptions Options { get; }

    /// <summary>All looks so far.</summary>
    internal WatchHistory History { get; private set; }

    /// <summary>Looks once, and thinks it over. Changes nothing on any node; may be repeated.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<WatchVerdict> LookAsync(CancellationToken cancellationToken = default)
    {
        var look = await ClusterLook.TakeAsync(_pair.AllWitnesses, _pair.StakedIdentity, _time.GetElapsedTime(_begun), Options.LookLimit, _time, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        History = History.After(look);
        return Verdict;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
