namespace Tachyon.Failover.Daemon;

/// <summary>The daemon's log messages. Numbers are only added to.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Monitoring {Source}; {Target} would take over. {Arming}")]
    public static partial void WatchBegun(this ILogger logger, string source, string target, string arming);

    [LoggerMessage(2, LogLevel.Information, "{Words}")]
    public static partial void Watches(this ILogger logger, string words);

    [LoggerMessage(3, LogLevel.Warning, "{Words}")]
    public static partial void Suspects(this ILogger logger, string words);

    [LoggerMessage(4, LogLevel.Warning, "Would take over: {Source} to {Target}: {Words}")]
    public static partial void WouldTakeOver(this ILogger logger, string source, string target, string words);

    [LoggerMessage(5, LogLevel.Warning, "Takes over: {Source} to {Target}: {Words}")]
    public static partial void TakesOver(this ILogger logger, string source, string target, string words);

    [LoggerMessage(6, LogLevel.Warning, "{Standing}: {Words}")]
    public static partial void Waits(this ILogger logger, string standing, string words);

    [LoggerMessage(7, LogLevel.Critical, "The operator must check: {Words}")]
    public static partial void NeedsAPerson(this ILogger logger, string words);

    [LoggerMessage(8, LogLevel.Warning, "Takeover {Outcome}, {Evidence}: {Reason}")]
    public static partial void TakeoverEnded(this ILogger logger, string outcome, string evidence, string reason);

    [LoggerMessage(9, LogLevel.Warning, "To raise the evidence: {WouldRaise}")]
    public static partial void Missing(this ILogger logger, string wouldRaise);

    [LoggerMessage(10, LogLevel.Warning, "Pending on {Node}: {Pending}")]
    public static partial void DemotionPending(this ILogger logger, string node, string pending);

    [LoggerMessage(11, LogLevel.Information, "No demotion is pending on {Node}")]
    public static partial void DemotionCompleted(this ILogger logger, string node);

    [LoggerMessage(12, LogLevel.Warning, "The pending demotion of {Node} could not be read: {Reason}")]
    public static partial void DemotionFailed(this ILogger logger, string node, string reason);

    [LoggerMessage(14, LogLevel.Warning, "The holder of the lease is unknown: {Reason}")]
    public static partial void LeaseFailed(this ILogger logger, string reason);

    [LoggerMessage(15, LogLevel.Information, "Hook {Hook}, {Event}: {Outcome}, after {Milliseconds} ms")]
    public static partial void HookEnded(this ILogger logger, string hook, string @event, string outcome, long milliseconds);

    [LoggerMessage(16, LogLevel.Information, "Hook {Hook}: {Line}")]
    public static partial void HookSaid(this ILogger logger, string hook, string line);

    [LoggerMessage(17, LogLevel.Warning, "Event {Event} was not posted to {Host}, try {Attempt} of {Tries}: {Reason}")]
    public static partial void WebhookFailed(this ILogger logger, string @event, string host, int attempt, int tries, string reason);

    [LoggerMessage(18, LogLevel.Warning, "Not taken over: {Reason}")]
    public static partial void TakeoverHeld(this ILogger logger, string reason);

    [LoggerMessage(19, LogLevel.Warning, "Not monitoring: {Reason}")]
    public static partial void NotMonitoring(this ILogger logger, string reason);

    [LoggerMessage(20, LogLevel.Error, "The monitor ended: {Reason}. It is started again")]
    public static partial void WatchFailed(this ILogger logger, string reason);

    [LoggerMessage(21, LogLevel.Information, "Health at {Address}")]
    public static partial void HealthBegun(this ILogger logger, string address);

    [LoggerMessage(22, LogLevel.Information, "Guarding {Node}: {Timings}")]
    public static partial void GuardBegun(this ILogger logger, string node, string timings);

    [LoggerMessage(23, LogLevel.Warning, "Guard of {Node}: {Report}")]
    public static partial void GuardReported(this ILogger logger, string node, string report);

    [LoggerMessage(24, LogLevel.Information, "The identity has moved: {Source} is the active node now")]
    public static partial void DirectionTurned(this ILogger logger, string source);

    [LoggerMessage(30, LogLevel.Error, "Health cannot be asked for: {Address} cannot be listened at: {Reason}. Everything else runs. Give another with daemon.health.address")]
    public static partial void HealthFailed(this ILogger logger, string address, string reason);

    [LoggerMessage(31, LogLevel.Warning, "No event is posted: {Reason}")]
    public static partial void WebhookLeftOut(this ILogger logger, string reason);

    [LoggerMessage(13, LogLevel.Error, "The takeover broke off: {Reason}")]
    public static partial void TakeoverBroke(this ILogger logger, Exception exception, string reason);
}
