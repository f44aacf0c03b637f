using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Daemon;

/// <summary>The daemon's status, readable at any time. Thread-safe.</summary>
/// <param name="looksEvery">The interval of its readings.</param>
internal sealed class DaemonStatus(TimeSpan looksEvery)
{
    private readonly Lock _gate = new();
    private Snapshot _now = new();
    private long? _lookedAt;

    /// <summary>The longest time since a reading before the daemon counts as hanging.</summary>
    public TimeSpan Patience { get; } = TimeSpan.FromSeconds(Math.Max(30, looksEvery.TotalSeconds * 10));

    public Snapshot Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <summary>Records a reading.</summary>
    public void Probed(TimeProvider time)
    {
        lock (_gate)
        {
            _lookedAt = time.GetTimestamp();
        }
    }

    public void Set(Func<Snapshot, Snapshot> change)
    {
        lock (_gate)
        {
            _now = change(_now);
        }
    }

    /// <summary>The time since the last reading; the maximum if there was none.</summary>
    public TimeSpan SinceProbe(TimeProvider time)
    {
        lock (_gate)
        {
            return _lookedAt is { } at ? time.GetElapsedTime(at) : TimeSpan.MaxValue;
        }
    }

    /// <summary>Whether it reads, or is busy with what it saw.</summary>
    public bool IsAlive(TimeProvider time) => Now.IsBusy || SinceProbe(time) <= Patience;

    /// <summary>Why it would not take over, or demote, right now; empty if it would.</summary>
    public IReadOnlyList<string> WhyNotReady(TimeProvider time)
    {
        var now = Now;
        List<string> reasons = [];
        if (!IsAlive(time))
        {
            reasons.Add($"it has had no reading for {(SinceProbe(time) == TimeSpan.MaxValue ? "as long as it runs" : DurationText.Of(SinceProbe(time)))}");
        }

        if (!now.IsEnabled)
        {
            reasons.Add(now.WhyDisabled);
        }

        reasons.AddRange(((string?[])[now.NeedsAPerson, now.Held, now.Pause]).OfType<string>());

        if (now.Verdict == MonitorState.Unknown)
        {
            reasons.Add($"the state of the active validator is unknown: {now.Words}");
        }

        return reasons;
    }

    internal sealed record Snapshot
    {
        public string Source { get; init; } = "";

        public string Target { get; init; } = "";

        public MonitorState Verdict { get; init; }

        public TimeSpan Silence { get; init; }

        /// <summary>The current state, for people.</summary>
        public string Words { get; init; } = "it has just begun";

        public bool IsEnabled { get; init; }

        public string WhyDisabled { get; init; } = "it has just begun";

        public string? NeedsAPerson { get; init; }

        /// <summary>Why the newest try to take over, or to demote, failed; null if it succeeded, or if there was none.</summary>
        public string? Held { get; init; }

        /// <summary>The announced pause, or why it is unknown; null if there is none.</summary>
        public string? Pause { get; init; }

        /// <summary>Whether a takeover, or the completion of a demotion, is running.</summary>
        public bool IsBusy { get; init; }

        /// <summary>How many demotions are pending on the node that lost the identity; null until the journal is read.</summary>
        public int? PendingDemotions { get; init; }

        public ulong? TowerCopyAge { get; init; }
    }
}
