namespace Tachyon.Failover.Daemon.Monitoring;

/// <summary>All facts for a decision of the daemon. Immutable.</summary>
internal sealed record DaemonState
{
    /// <summary>The monitor's verdict on the active validator; null before the first.</summary>
    public MonitorVerdict? Verdict { get; init; }

    /// <summary>What the verdict says.</summary>
    public MonitorState Validator => Verdict?.State ?? MonitorState.Unknown;

    /// <summary>Why it does not take over; null if it is enabled.</summary>
    public string? Disabled { get; init; }

    /// <summary>Whether it may change the nodes. A daemon that has disabled itself still completes what is pending.</summary>
    public bool MayTouch { get; init; }

    /// <summary>Whether it is the daemon that may act, of several.</summary>
    public bool HoldsLease { get; init; } = true;

    /// <summary>Why it takes nothing over any more; null if it may. It still completes what is pending.</summary>
    public string? NeedsAPerson { get; init; }

    /// <summary>The demotions that are pending on the node that lost the identity.</summary>
    public IReadOnlyList<FailoverNote> PendingDemotions { get; init; } = [];

    /// <summary>When a takeover last failed, on a monotonic clock.</summary>
    public TimeSpan? TriedAt { get; init; }

    /// <summary>Why that takeover failed; null if none has failed since the validator was last healthy.</summary>
    public string? Held { get; init; }

    /// <summary>When it last tried to complete the demotion.</summary>
    public TimeSpan? CompletionTriedAt { get; init; }

    /// <summary>Decides the next action. Pure.</summary>
    /// <param name="now">The time, on the same clock.</param>
    /// <param name="pause">The pause before a retry.</param>
    public DaemonDecision Decide(TimeSpan now, TimeSpan pause)
    {
        var reason = Verdict?.Reason ?? "there was no reading yet";

        // Only while a node votes: completing a demotion decides which node may not vote.
        var next = Validator == MonitorState.Healthy && PendingDemotions.Count > 0 && MayTouch && IsDue(CompletionTriedAt, now, pause) ? DaemonAct.CompleteDemotion : DaemonAct.Nothing;
        if (NeedsAPerson is not null)
        {
            return new DaemonDecision(DaemonStanding.NeedsAPerson, next, NeedsAPerson, NeedsAPerson);
        }

        if (Validator != MonitorState.Lost)
        {
            return new DaemonDecision(DaemonStanding.Watches, next, Verdict?.ToString() ?? reason, Validator.ToString());
        }

        return Disabled is not null ? new DaemonDecision(DaemonStanding.WouldTakeOver, DaemonAct.Nothing, $"{reason}. Not done: {Disabled}", Disabled)
            : !HoldsLease ? new DaemonDecision(DaemonStanding.StandsBy, DaemonAct.Nothing, $"{reason}. Another daemon holds the lease, or its holder is unknown", "")
            : !IsDue(TriedAt, now, pause) ? new DaemonDecision(DaemonStanding.WillTryAgain, DaemonAct.Nothing, reason, "")
            : new DaemonDecision(DaemonStanding.TakesOver, DaemonAct.TakeOver, reason, "");
    }

    private static bool IsDue(TimeSpan? last, TimeSpan now, TimeSpan pause) => last is not { } at || now - at >= pause;
}
