using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Runs;

/// <summary>
/// All observers of a run: the caller's progress, its log, and the listeners to spans and measurements. Each has a feed of its own,
/// so that none of them delays the run or another observer.
/// </summary>
internal sealed class RunObservers : IAsyncDisposable
{
    private readonly ObserverFeed _toProgress;
    private readonly ObserverFeed _toLog;
    private readonly ObserverFeed _toListeners;
    private readonly IProgress<FailoverProgress>? _progress;
    private readonly RunTelemetry _telemetry;
    private readonly ValidatorPair _pair;
    private readonly TimeProvider _time;
    private readonly long _begun;

    public RunObservers(string span, RunId run, ValidatorPair pair, IProgress<FailoverProgress>? progress, ILogger logger, TimeProvider time)
    {
        StartedAt = time.GetUtcNow();
        _begun = time.GetTimestamp();
        _pair = pair;
        _time = time;
        _progress = progress;
        _toLog = new ObserverFeed(time);
        Log = BackgroundLogger.Behind(_toLog, logger);
        _toProgress = new ObserverFeed(time, exception => FailoverLog.ObserverThrew(Log, exception));
        _toListeners = new ObserverFeed(time, exception => FailoverLog.ListenerThrew(Log, exception));
        _telemetry = new RunTelemetry(_toListeners, span, run, pair, StartedAt);
    }

    /// <summary>When the run began, by the wall clock.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_begun);

    /// <summary>The caller's log.</summary>
    public ILogger Log { get; }

    /// <summary>Converts a timestamp to time since the run began.</summary>
    public TimeSpan Since(long timestamp) => _time.GetElapsedTime(_begun, timestamp);

    public void SwitchoverBegun(RunId run) => FailoverLog.SwitchoverBegun(Log, run, _pair.StakedIdentity.ToString(), _pair.Source.Name, _pair.Target.Name);

    public void TakeoverBegun(RunId run, EvidenceGrade leastGrade) =>
        FailoverLog.TakeoverBegun(Log, run, _pair.StakedIdentity.ToString(), _pair.Source.Name, _pair.Target.Name, leastGrade.ToString());

    public void RecoveryBegun(RunId run) => FailoverLog.RecoveryBegun(Log, run, _pair.StakedIdentity.ToString(), _pair.Source.Name, _pair.Target.Name);

    public void StepBegun(FailoverStep step, string? node)
    {
        FailoverLog.StepBegun(Log, step.ToString(), node ?? "both");
        Report(step, node, TimeSpan.Zero);
    }

    public void Noted(FailoverStep step, string? node, string note) => Report(step, node, TimeSpan.Zero, note: note);

    public void StepEnded(StepReport step)
    {
        Report(step.StepCode, step.Node, step.Elapsed, step.Result);
        if (step.Result.IsDone)
        {
            FailoverLog.StepEnded(Log, step.Step, step.Result.ToString(), step.Elapsed.TotalMilliseconds);
        }
        else
        {
            FailoverLog.StepNotDone(Log, step.Step, step.Result.ToString(), step.Elapsed.TotalMilliseconds);
        }

        _telemetry.StepEnded(step);
    }

    public void Ended(FailoverResult result)
    {
        Found(result.Preflight);
        if (result.Gap is { } gap)
        {
            FailoverLog.GapMeasured(Log, gap.MissedSlots, gap.Duration?.TotalMilliseconds, gap.SourceLastVote, gap.TargetFirstVote, gap.RefusedVotes);
        }

        if (result.Evidence is { } evidence)
        {
            FailoverLog.EvidenceWeighed(Log, result.RunId, evidence.Grade.ToString(), string.Join("; ", evidence.Facts));
        }

        foreach (var pending in result.PendingDemotions)
        {
            FailoverLog.DemotionPending(Log, result.RunId, result.Source, pending.Text);
        }

        FailoverLog.SwitchoverEnded(Log, result.RunId, result.Outcome.ToString(), result.IdentityAt.ToString());
        switch (result.Outcome)
        {
            case FailoverOutcome.Refused:
                FailoverLog.RunRefused(Log, result.RunId, result.Reason);
                break;
            case FailoverOutcome.RolledBack:
                FailoverLog.SwitchoverRolledBack(Log, result.RunId, result.Reason);
                break;
            case FailoverOutcome.Indeterminate:
                FailoverLog.RunIndeterminate(Log, result.RunId, result.Reason);
                break;
            default:
                break;
        }

        Left(result.Notes, result.OperatorActions);
        _telemetry.Ended(result);
    }

    public void Ended(RecoveryResult result)
    {
        FailoverLog.RecoveryEnded(Log, result.RunId, result.Outcome.ToString(), result.IdentityAt.ToString());
        switch (result.Outcome)
        {
            case RecoveryOutcome.Refused:
                FailoverLog.RunRefused(Log, result.RunId, result.Reason);
                break;
            case RecoveryOutcome.Indeterminate:
                FailoverLog.RunIndeterminate(Log, result.RunId, result.Reason);
                break;
            default:
                break;
        }

        Left(result.Notes, result.OperatorActions);
        _telemetry.Ended(result);
    }

    public void Ended(PreflightReport report)
    {
        Found(report);
        var outcome = report.IsClear ? "clear" : "blocked";
        FailoverLog.PreflightEnded(Log, _pair.StakedIdentity.ToString(), _pair.Source.Name, _pair.Target.Name, outcome);
        _telemetry.Found(report);
        _telemetry.EndSpan(Elapsed, outcome);
    }

    public void Ended(SwitchoverPlan plan)
    {
        Found(plan.Preflight);
        var outcome = plan.IsClear ? "clear" : "blocked";
        FailoverLog.DryRunEnded(Log, plan.StakedIdentity.ToString(), plan.Source, plan.Target, outcome);
        _telemetry.Found(plan.Preflight);
        _telemetry.EndSpan(Elapsed, outcome);
    }

    public void Ended(PairDiagnosis diagnosis)
    {
        Diagnosed(diagnosis);
        _telemetry.EndSpan(Elapsed, diagnosis.State.ToString(), diagnosis.IdentityAt);
    }

    public void Diagnosed(PairDiagnosis diagnosis) => FailoverLog.PairDiagnosed(Log, diagnosis.State.ToString(), diagnosis.Reason);

    /// <summary>The run was canceled, or a part of the embedder threw.</summary>
    public void Broken(Exception exception) => _telemetry.EndSpan(Elapsed, exception.GetType().Name, isError: true, reason: exception.Message);

    /// <summary>Gives the observers a little time for the remaining messages.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_toProgress.SettleAsync(), _toListeners.SettleAsync()).ConfigureAwait(false);

        // Log what the others threw.
        await _toLog.SettleAsync().ConfigureAwait(false);
    }

    private void Report(FailoverStep step, string? node, TimeSpan elapsed, CallResult? result = null, string? note = null)
    {
        if (_progress is null)
        {
            return;
        }

        var report = new FailoverProgress { StepCode = step, Node = node, Result = result, Elapsed = elapsed, SinceStart = Elapsed, Note = note };
        _toProgress.Post(() => _progress.Report(report));
    }

    private void Found(PreflightReport report)
    {
        if (Log is NullLogger)
        {
            return;
        }

        foreach (var finding in report.Findings)
        {
            if (finding.Severity == PreflightSeverity.Blocker)
            {
                FailoverLog.PreflightBlocked(Log, finding.ToString());
            }
            else
            {
                FailoverLog.PreflightFound(Log, finding.ToString());
            }
        }
    }

    private void Left(IReadOnlyList<FailoverNote> notes, IReadOnlyList<OperatorAction> actions)
    {
        foreach (var note in notes)
        {
            FailoverLog.Noted(Log, note.Text);
        }

        foreach (var action in actions)
        {
            FailoverLog.FollowUpLeft(Log, action.Node, action.Command, action.Reason);
        }
    }
}
