using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Watchdog.Watching;

/// <summary>All that the watcher goes by when it decides. Immutable.</summary>
internal sealed record WatcherState
{
    /// <summary>What the watch thinks of the active validator.</summary>
    public WatchVerdict Verdict { get; init; } = new() { State = WatchState.CannotTell, Reason = "nothing was looked at yet" };

    /// <summary>Why it does not take over; null if it is armed.</summary>
    public string? Disarmed { get; init; }

    /// <summary>Whether it was told that it may change something on the nodes. One that has disarmed itself goes on paying what it owes.</summary>
    public bool MayTouch { get; init; }

    /// <summary>Whether it is the one of several watchers that may act.</summary>
    public bool HoldsLease { get; init; } = true;

    /// <summary>Why it takes nothing over any more; null if it may. What is owed it goes on paying.</summary>
    public string? NeedsAPerson { get; init; }

    /// <summary>What is owed on the node that lost the identity.</summary>
    public IReadOnlyList<string> Owed { get; init; } = [];

    /// <summary>When a takeover last came to nothing, on a clock that only goes forward.</summary>
    public TimeSpan? TriedAt { get; init; }

    /// <summary>Why it did; null if none did since the validator was last healthy.</summary>
    public string? Held { get; init; }

    /// <summary>When the debt was last tried to be settled.</summary>
    public TimeSpan? SettledAt { get; init; }

    /// <summary>What to do now. Pure.</summary>
    /// <param name="now">The time, on the same clock.</param>
    /// <param name="pause">The pause before something is tried again.</param>
    public WatcherDecision Decide(TimeSpan now, TimeSpan pause)
    {
        // Only while somebody votes: what a debt comes to is who may not.
        var next = Verdict.State == WatchState.Healthy && Owed.Count > 0 && MayTouch && IsDue(SettledAt, now, pause) ? WatcherAct.SettleDebt : WatcherAct.Nothing;
        if (NeedsAPerson is not null)
        {
            return new WatcherDecision(WatcherStanding.NeedsAPerson, next, NeedsAPerson, NeedsAPerson);
        }

        if (Verdict.State != WatchState.Lost)
        {
            return new WatcherDecision(WatcherStanding.Watches, next, Verdict.ToString(), Verdict.State.ToString());
        }

        return Disarmed is not null ? new WatcherDecision(WatcherStanding.WouldTakeOver, WatcherAct.Nothing, $"{Verdict.Reason}. Not done: {Disarmed}", Disarmed)
            : !HoldsLease ? new WatcherDecision(WatcherStanding.StandsBy, WatcherAct.Nothing, $"{Verdict.Reason}. Another watcher has the lease, or it cannot be told who has", "")
            : !IsDue(TriedAt, now, pause) ? new WatcherDecision(WatcherStanding.WillTryAgain, WatcherAct.Nothing, Verdict.Reason, "")
            : new WatcherDecision(WatcherStanding.TakesOver, WatcherAct.TakeOver, Verdict.Reason, "");
    }

    private static bool IsDue(TimeSpan? last, TimeSpan now, TimeSpan pause) => last is not { } at || now - at >= pause;
}
