namespace Tachyon.Failover.Watchdog.Watching;

/// <summary>All facts for a decision of the daemon. Immutable.</summary>
internal sealed record WatcherState
{
    /// <summary>The monitor's verdict on the active validator; null before the first.</summary>
    public MonitorVerdict? Verdict { get; init; }

    /// <summary>What the verdict says.</summary>
    public MonitorState Validator => Verdict?.State ?? MonitorState.Unknown;

    /// <summary>Why it does not take over; null if it is enabled.</summary>
    public string? Disarmed { get; init; }

    /// <summary>Whether it may change the nodes. A daemon that has disabled itself still completes what is pending.</summary>
    public bool MayTouch { get; init; }

    /// <summary>Whether it is the daemon that may act, of several.</summary>
    public bool HoldsLease { get; init; } = true;

    /// <summary>Why it takes nothing over any more; null if it may. It still completes what is pending.</summary>
    public string? NeedsAPerson { get; init; }

    /// <summary>The demotions that are pending on the node that lost the identity.</summary>
    public IReadOnlyList<FailoverNote> Owed { get; init; } = [];

    /// <summary>When a takeover last failed, on a monotonic clock.</summary>
    public TimeSpan? TriedAt { get; init; }

    /// <summary>Why that takeover failed; null if none has failed since the validator was last healthy.</summary>
    public string? Held { get; init; }

    /// <summary>When it last tried to complete the demotion.</summary>
    public TimeSpan? SettledAt { get; init; }

    /// <summary>Decides the next action. Pure.</summary>
    /// <param name="now">The time, on the same clock.</param>
    /// <param name="pause">The pause before a retry.</param>
    public WatcherDecision Decide(TimeSpan now, TimeSpan pause)
    {
        var reason = Verdict?.Reason ?? "there was no reading yet";

        // Only while a node votes: completing a demotion decides which node may not vote.
        var next = Validator == MonitorState.Healthy && Owed.Count > 0 && MayTouch && IsDue(SettledAt, now, pause) ? WatcherAct.SettleDebt : WatcherAct.Nothing;
        if (NeedsAPerson is not null)
        {
            return new WatcherDecision(WatcherStanding.NeedsAPerson, next, NeedsAPerson, NeedsAPerson);
        }

        if (Validator != MonitorState.Lost)
        {
            return new WatcherDecision(WatcherStanding.Watches, next, Verdict?.ToString() ?? reason, Validator.ToString());
        }

        return Disarmed is not null ? new WatcherDecision(WatcherStanding.WouldTakeOver, WatcherAct.Nothing, $"{reason}. Not done: {Disarmed}", Disarmed)
            : !HoldsLease ? new WatcherDecision(WatcherStanding.StandsBy, WatcherAct.Nothing, $"{reason}. Another daemon holds the lease, or its holder is unknown", "")
            : !IsDue(TriedAt, now, pause) ? new WatcherDecision(WatcherStanding.WillTryAgain, WatcherAct.Nothing, reason, "")
            : new WatcherDecision(WatcherStanding.TakesOver, WatcherAct.TakeOver, reason, "");
    }

    private static bool IsDue(TimeSpan? last, TimeSpan now, TimeSpan pause) => last is not { } at || now - at >= pause;
}
