namespace Tachyon.Failover.Daemon.Events;

/// <summary>The names of the events. Hooks and webhooks depend on them: they are only added to.</summary>
internal static class EventNames
{
    public const string Standing = "standing-changed";
    public const string WouldTakeOver = "would-take-over";
    public const string BeforeTakeover = "before-takeover";
    public const string AfterTakeover = "after-takeover";
    public const string HookFailed = "hook-failed";
    public const string DemotionPending = "demotion-pending";
    public const string DemotionCompleted = "demotion-completed";
    public const string NeedsAPerson = "needs-a-person";
    public const string Guard = "guard";

    /// <summary>All names with their meaning, for the README.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> All { get; } =
    [
        (Standing, "the daemon's view of the active validator, or of what is to be done, has changed; reason says what"),
        (WouldTakeOver, "the active validator is lost, and the daemon is disabled"),
        (BeforeTakeover, "a takeover begins; hooks before it are run with this name"),
        (AfterTakeover, "a takeover has ended, with outcome, evidence and reason; hooks after it are run with this name"),
        (HookFailed, "a command failed, or was killed at its limit"),
        (DemotionPending, "a demotion is still pending on the node that lost the identity"),
        (DemotionCompleted, "no demotion is pending any more"),
        (NeedsAPerson, "the daemon takes nothing over until the operator has checked, or the active node is unknown"),
        (Guard, "the guard reports on its own node"),
    ];
}
