using Microsoft.Extensions.Logging;

namespace Tachyon.Failover.Telemetry;

/// <summary>All log messages of the library. Event ids and names are API: they are never reused.</summary>
/// <remarks>
/// One class for the whole library: with several classes the generator's order differs between compiler processes, so that the
/// build would not be deterministic (dotnet/runtime#119587, still in .NET 10).
/// </remarks>
internal static partial class FailoverLog
{
    [LoggerMessage(1, LogLevel.Warning, "No conversation with {Shell}: {Reason}", EventName = "NodeShellNotOpened")]
    public static partial void NodeShellNotOpened(ILogger logger, string shell, string reason);

    [LoggerMessage(2, LogLevel.Information, "Switchover {Switchover} of {Identity}: {Source} to {Target}", EventName = "SwitchoverBegun")]
    public static partial void SwitchoverBegun(ILogger logger, RunId switchover, string identity, string source, string target);

    [LoggerMessage(3, LogLevel.Information, "Step {Step}: {Result} after {Milliseconds} ms", EventName = "StepEnded")]
    public static partial void StepEnded(ILogger logger, string step, string result, double milliseconds);

    [LoggerMessage(4, LogLevel.Information, "Switchover {Switchover}: {Outcome}, the identity is at {Location}", EventName = "SwitchoverEnded")]
    public static partial void SwitchoverEnded(ILogger logger, RunId switchover, string outcome, string location);

    [LoggerMessage(5, LogLevel.Warning, "An observer of the progress threw; the switchover is not affected", EventName = "ObserverThrew")]
    public static partial void ObserverThrew(ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "The journal could not be written for step {Step}", EventName = "JournalFailed")]
    public static partial void JournalFailed(ILogger logger, string step, Exception exception);

    [LoggerMessage(7, LogLevel.Information, "Recovery {Recovery} of {Identity} on {Source} and {Target}", EventName = "RecoveryBegun")]
    public static partial void RecoveryBegun(ILogger logger, RunId recovery, string identity, string source, string target);

    [LoggerMessage(8, LogLevel.Information, "The pair is {State}: {Reason}", EventName = "PairDiagnosed")]
    public static partial void PairDiagnosed(ILogger logger, string state, string reason);

    [LoggerMessage(9, LogLevel.Information, "Recovery {Recovery}: {Outcome}, the identity is at {Location}", EventName = "RecoveryEnded")]
    public static partial void RecoveryEnded(ILogger logger, RunId recovery, string outcome, string location);

    [LoggerMessage(10, LogLevel.Debug, "Step {Step} on {Node} is begun", EventName = "StepBegun")]
    public static partial void StepBegun(ILogger logger, string step, string node);

    [LoggerMessage(11, LogLevel.Warning, "Step {Step}: {Result} after {Milliseconds} ms", EventName = "StepNotDone")]
    public static partial void StepNotDone(ILogger logger, string step, string result, double milliseconds);

    [LoggerMessage(12, LogLevel.Warning, "Run {Run} was refused: {Reason}", EventName = "RunRefused")]
    public static partial void RunRefused(ILogger logger, RunId run, string? reason);

    [LoggerMessage(13, LogLevel.Warning, "Switchover {Switchover} was rolled back: {Reason}", EventName = "SwitchoverRolledBack")]
    public static partial void SwitchoverRolledBack(ILogger logger, RunId switchover, string? reason);

    [LoggerMessage(14, LogLevel.Warning, "To do on {Node}: {Command}: {Reason}", EventName = "FollowUpLeft")]
    public static partial void FollowUpLeft(ILogger logger, string node, string? command, string reason);

    [LoggerMessage(15, LogLevel.Information, "{Note}", EventName = "Noted")]
    public static partial void Noted(ILogger logger, string note);

    [LoggerMessage(16, LogLevel.Information, "Gap: {MissedSlots} missed slots, {Milliseconds} ms between votes for slot {SourceLastVote} and {TargetFirstVote}, {RefusedVotes} refused votes", EventName = "GapMeasured")]
    public static partial void GapMeasured(ILogger logger, int missedSlots, double? milliseconds, ulong sourceLastVote, ulong targetFirstVote, int? refusedVotes);

    [LoggerMessage(17, LogLevel.Warning, "Preflight: {Finding}", EventName = "PreflightBlocked")]
    public static partial void PreflightBlocked(ILogger logger, string finding);

    [LoggerMessage(18, LogLevel.Information, "Preflight: {Finding}", EventName = "PreflightFound")]
    public static partial void PreflightFound(ILogger logger, string finding);

    [LoggerMessage(19, LogLevel.Information, "Preflight of {Identity}, {Source} to {Target}: {Outcome}", EventName = "PreflightEnded")]
    public static partial void PreflightEnded(ILogger logger, string identity, string source, string target, string outcome);

    [LoggerMessage(20, LogLevel.Information, "Dry run of {Identity}, {Source} to {Target}: {Outcome}", EventName = "DryRunEnded")]
    public static partial void DryRunEnded(ILogger logger, string identity, string source, string target, string outcome);

    [LoggerMessage(21, LogLevel.Warning, "A listener to spans or metrics threw; nothing else is affected", EventName = "ListenerThrew")]
    public static partial void ListenerThrew(ILogger logger, Exception exception);

    [LoggerMessage(22, LogLevel.Error, "Run {Run} ended in a state that an operator must check: {Reason}", EventName = "RunIndeterminate")]
    public static partial void RunIndeterminate(ILogger logger, RunId run, string? reason);

    [LoggerMessage(23, LogLevel.Warning, "Takeover {Takeover} of {Identity}: {Source} is lost, to {Target}, by evidence of at least {MinimumGrade}", EventName = "TakeoverBegun")]
    public static partial void TakeoverBegun(ILogger logger, RunId takeover, string identity, string source, string target, string minimumGrade);

    [LoggerMessage(24, LogLevel.Information, "Takeover {Takeover}: the evidence is {Grade}: {Seen}", EventName = "EvidenceWeighed")]
    public static partial void EvidenceWeighed(ILogger logger, RunId takeover, string grade, string seen);

    [LoggerMessage(25, LogLevel.Error, "Takeover {Takeover}: left to do on {Node}: {Reason}", EventName = "DemotionPending")]
    public static partial void DemotionPending(ILogger logger, RunId takeover, string node, string reason);

    [LoggerMessage(41, LogLevel.Warning, "Votes of {Identity}, monitored as those of {Source}: {State}: {Reason}", EventName = "WatchChanged")]
    public static partial void WatchChanged(ILogger logger, string identity, string source, string state, string reason);

    [LoggerMessage(42, LogLevel.Information, "The tower stream of {Source} is restarted: {Reason}", EventName = "TowerStreamEnded")]
    public static partial void TowerStreamEnded(ILogger logger, string source, string reason);

    [LoggerMessage(43, LogLevel.Warning, "A tower is not kept, {Whose}: {Reason}", EventName = "TowerCopyRefused")]
    public static partial void TowerCopyRefused(ILogger logger, string whose, string? reason);

    [LoggerMessage(44, LogLevel.Warning, "The newest tower is not staged on {Target}: {Reason}", EventName = "TowerCopyNotStored")]
    public static partial void TowerCopyNotStored(ILogger logger, string target, string reason);

    [LoggerMessage(51, LogLevel.Critical, "{Node} is being demoted: {Reason}", EventName = "GuardDemotes")]
    public static partial void GuardDemotes(ILogger logger, string node, string reason);

    [LoggerMessage(52, LogLevel.Warning, "Demoting {Node}, {Call}: {Result}", EventName = "GuardCalled")]
    public static partial void GuardCalled(ILogger logger, string node, string call, string result);

    [LoggerMessage(53, LogLevel.Critical, "{Node} is demoted, as read back: {How}", EventName = "GuardDemoted")]
    public static partial void GuardDemoted(ILogger logger, string node, string how);

    [LoggerMessage(54, LogLevel.Error, "The guard of {Node} does not guard: {Reason}", EventName = "GuardNotGuarding")]
    public static partial void GuardNotGuarding(ILogger logger, string node, string reason);

    [LoggerMessage(101, LogLevel.Information, "Connected to {Shell} with {HostKeyAlgorithm}, {ServerVersion}", EventName = "ShellConnected")]
    public static partial void ShellConnected(ILogger logger, string shell, string? hostKeyAlgorithm, string? serverVersion);

    [LoggerMessage(102, LogLevel.Information, "No connection to {Shell}: {Reason}", EventName = "ShellNotConnected")]
    public static partial void ShellNotConnected(ILogger logger, string shell, string reason);

    [LoggerMessage(103, LogLevel.Warning, "The connection to {Shell} ended: {Reason}", EventName = "ShellConnectionLost")]
    public static partial void ShellConnectionLost(ILogger logger, string shell, string reason);

    [LoggerMessage(104, LogLevel.Debug, "Closing the connection to {Shell} failed: {Reason}", EventName = "ShellCloseFailed")]
    public static partial void ShellCloseFailed(ILogger logger, string shell, string reason);

    [LoggerMessage(105, LogLevel.Debug, "Reached {Shell} by ssh, process {Process}", EventName = "ShellReached")]
    public static partial void ShellReached(ILogger logger, string shell, int process);
}
