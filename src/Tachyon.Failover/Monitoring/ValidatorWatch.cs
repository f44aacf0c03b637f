using Microsoft.Extensions.Logging;
using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Monitoring;

/// <summary>Watches from outside whether the active validator's votes land, and keeps its towers. Moves nothing.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ValidatorWatch : IAsyncDisposable
{
    private readonly WatchHistory _history;

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
        _history = WatchHistory.Begin(Options.Rules);
    }

    /// <summary>What it thinks after the newest look.</summary>
    public WatchVerdict Verdict => _history.Verdict;

    /// <summary>The active node's newest tower; null if it keeps none.</summary>
    public TowerShadow? Shadow { get; private set; }

    internal WatchOptions Options { get; }

    /// <summary>All looks so far.</summary>
    internal WatchHistory History => _history;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
