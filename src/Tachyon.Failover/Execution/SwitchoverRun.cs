using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Protocol;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Execution;

/// <summary>One switchover, or one recovery: asks the protocol what comes next, journals the intention, has the steps carried out, and tells the protocol what came of them.</summary>
internal sealed class SwitchoverRun : IAsyncDisposable
{
    private readonly ValidatorPair _given;
    private readonly FailoverOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ProgressFeed _progress;
    private readonly SwitchoverSteps _steps;
    private readonly RunJournal _journal;
    private readonly List<StepReport> _reports = [];
    private readonly DateTimeOffset _startedAt;
    private readonly long _begun;
    private readonly Timelines _timelines;
    private PairDiagnosis? _found;
    private long? _setbackAt;

    public SwitchoverRun(ValidatorPair pair, FailoverOptions options, IProgress<FailoverProgress>? observer, ILogger logger, TimeProvider time)
    {
        _given = pair;
        _options = options;
        _logger = logger;
        _time = time;
        (_startedAt, _begun) = (time.GetUtcNow(), time.GetTimestamp());
        _timelines = new Timelines(time, _begun, options.Slot);
        _progress = new ProgressFeed(observer, logger, time);
        _journal = new RunJournal(options, pair, time);
        _steps = new SwitchoverSteps(pair, options, _journal.Switchover, time) { Note = (step, line) => _progress.Report(step, NodeOf(step), TimeSpan.Zero, note: line) };
    }

    public async ValueTask DisposeAsync()
    {
        await _steps.DisposeAsync().ConfigureAwait(false);
        await _progress.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Moves the staked identity.</summary>
    public async Task<FailoverResult> SwitchAsync(CancellationToken cancellationToken)
    {
        FailoverLog.SwitchoverBegun(_logger, _journal.Switchover, _given.StakedIdentity.ToString(), _given.Source.Name, _given.Target.Name);
        _journal.Begin();
        var (state, outcome) = await RunAsync(SwitchoverState.Start with { Rules = _options.Rules, OnLostWindow = _options.OnLostWindow }, cancellationToken).ConfigureAwait(false);
        var result = new FailoverResult
        {
            Switchover = _journal.Switchover,
            StakedIdentity = _given.StakedIdentity,
            StartedAt = _startedAt,
            Elapsed = _time.GetElapsedTime(_begun),
            Outcome = outcome,
            IdentityAt = outcome == SwitchoverOutcome.Refused ? await _steps.LocateAsync().ConfigureAwait(false) : state.Location,
            Source = _given.Source.Name,
            Target = _given.Target.Name,
            Reason = state.Setback is { } setback ? $"{setback.Step}: {setback.Result}" : null,
            Steps = _reports,
            Preflight = _steps.Preflight,
            Gap = _steps.Gap,
            Timeline = _timelines.Of(_steps, _reports),
            FollowUps = outcome == SwitchoverOutcome.Refused ? [] : FollowUps.Of(state, _given),
            Notes = _steps.Notes,
        };
        await JournalEndAsync(outcome, result.IdentityAt).ConfigureAwait(false);
        FailoverLog.SwitchoverEnded(_logger, result.Switchover, outcome.ToString(), result.IdentityAt.ToString());
        return result;
    }

    /// <summary>Finds out in which state the pair is, and does the one safe thing.</summary>
    public async Task<RecoveryResult> RecoverAsync(CancellationToken cancellationToken)
    {
        FailoverLog.RecoveryBegun(_logger, _journal.Switchover, _given.StakedIdentity.ToString(), _given.Source.Name, _given.Target.Name);
        _journal.Begin("recovery");
        var (state, outcome) = await RunAsync(SwitchoverState.StartOfRecovery, cancellationToken).ConfigureAwait(false);
        var result = new RecoveryResult
        {
            Recovery = _journal.Switchover,
            StakedIdentity = _given.StakedIdentity,
            StartedAt = _startedAt,
            Elapsed = _time.GetElapsedTime(_begun),
            Outcome = outcome switch
            {
                SwitchoverOutcome.Refused => RecoveryOutcome.Refused,
                SwitchoverOutcome.Indeterminate => RecoveryOutcome.Indeterminate,
                _ => RecoveryOutcome.Recovered,
            },
            IdentityAt = state.Location,
            Diagnosis = _found ?? Diagnosis.NotLooked(_given),
            Reason = state.Setback is { } setback ? $"{setback.Step}: {setback.Result}" : null,
            Steps = _reports,
            FollowUps = outcome == SwitchoverOutcome.Refused ? [] : RecoveryFollowUps.Of(state, _given, _steps.Pair),
            Notes = _steps.Notes,
        };
        await JournalEndAsync(outcome, result.IdentityAt).ConfigureAwait(false);
        FailoverLog.RecoveryEnded(_logger, result.Recovery, result.Outcome.ToString(), result.IdentityAt.ToString());
        return result;
    }

    private async Task<(SwitchoverState State, SwitchoverOutcome Outcome)> RunAsync(SwitchoverState start, CancellationToken cancellationToken)
    {
        var state = start;
        while (true)
        {
            var move = SwitchoverProtocol.Next(state);
            if (move.End is { } outcome)
            {
                // Whatever came of it, the next coordinator, or a person, must find the nodes free.
                if (state.LocksHeld != false)
                {
                    await _steps.ReleaseAsync().ConfigureAwait(false);
                }

                return (state, outcome);
            }

            if (move.Leg[0] == SwitchoverStep.Fence)
            {
                await _steps.AwaitFenceMomentAsync(cancellationToken).ConfigureAwait(false);
            }

            if (cancellationToken.IsCancellationRequested && MayTurnAround(state))
            {
                state = state.Abandoned(move.Leg[0], CallResult.NotDone(CallFailure.Cancelled, "the caller gave up"));
            }
            else
            {
                state = await TakeAsync(state, move.Leg, cancellationToken).ConfigureAwait(false);
            }

            state = await KeepTimeAsync(state, move.Leg).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a leg may be given up while it is under way: only while nothing has been moved.</summary>
    private static bool MayGiveUp(SwitchoverState state, SwitchoverStep step) =>
        step is SwitchoverStep.Preflight or SwitchoverStep.RestartWindow or SwitchoverStep.Arm
        || (step is SwitchoverStep.Lock or SwitchoverStep.Diagnose && state.HasChangedNothing);

    /// <summary>Whether a caller who gives up, or a journal that cannot be written, is heard: a switchover is undone then, a recovery ends.</summary>
    private static bool MayTurnAround(SwitchoverState state) => state.IsRecovery
        ? state.HasChangedNothing && state.Setback?.Result.Failure != CallFailure.Cancelled
        : state is { Setback: null, IsCommitted: false };

    private async Task<SwitchoverState> TakeAsync(SwitchoverState state, ImmutableArray<SwitchoverStep> leg, CancellationToken cancellationToken)
    {
        // No step is sent before its intention is on stable storage. On the way back, and after the promotion, an unwritable journal
        // must not keep the nodes from becoming safe.
        if (await _journal.IntendAsync(leg).ConfigureAwait(false) is { } failure)
        {
            FailoverLog.JournalFailed(_logger, leg[0].ToString(), failure);
            if (!state.IsRecovery && MayTurnAround(state))
            {
                return state.Abandoned(leg[0], CallResult.NotDone(CallFailure.Refused, $"the journal could not be written: {failure.Message}"));
            }
        }

        var token = MayGiveUp(state, leg[0]) ? cancellationToken : CancellationToken.None;
        state = _given.Towers.KeepsOrderWithHosts
            ? await TakeTogetherAsync(state, leg, token).ConfigureAwait(false)
            : await TakeInTurnAsync(state, leg, token).ConfigureAwait(false);
        TakeUpVerdict(state, leg[0]);
        return state;
    }

    /// <summary>Sends all steps of the leg at once, one behind the other, so that no trip lies between them.</summary>
    private async Task<SwitchoverState> TakeTogetherAsync(SwitchoverState state, ImmutableArray<SwitchoverStep> leg, CancellationToken cancellationToken)
    {
        var sent = _time.GetTimestamp();
        var begun = sent;
        var underWay = leg.Select(step => (Step: step, Observation: _steps.RunAsync(step, cancellationToken))).ToArray();
        foreach (var (step, observed) in underWay)
        {
            _progress.Report(step, NodeOf(step), TimeSpan.Zero);
            var observation = await observed.ConfigureAwait(false);
            var ended = _time.GetTimestamp();
            state = state.After(Record(observation, sent, begun, ended));
            begun = ended;
        }

        return state;
    }

    /// <summary>Takes one step after the other, and stops at the first that is not done.</summary>
    private async Task<SwitchoverState> TakeInTurnAsync(SwitchoverState state, ImmutableArray<SwitchoverStep> leg, CancellationToken cancellationToken)
    {
        foreach (var step in leg)
        {
            var begun = _time.GetTimestamp();
            _progress.Report(step, NodeOf(step), TimeSpan.Zero);
            var observation = await _steps.RunAsync(step, cancellationToken).ConfigureAwait(false);
            state = state.After(Record(observation, begun, begun, _time.GetTimestamp()));
            if (!observation.Result.IsDone && step != SwitchoverStep.AwaitLastVote)
            {
                break;
            }
        }

        return state;
    }

    private string? NodeOf(SwitchoverStep step) => step switch
    {
        SwitchoverStep.Preflight or SwitchoverStep.Arm or SwitchoverStep.Verify or SwitchoverStep.Tidy
            or SwitchoverStep.Release or SwitchoverStep.Lock or SwitchoverStep.Diagnose => null,
        SwitchoverStep.Deliver or SwitchoverStep.Promote or SwitchoverStep.MoveTargetLink
            or SwitchoverStep.LookAtTarget or SwitchoverStep.SealTarget or SwitchoverStep.DemoteTarget or SwitchoverStep.UnsealTarget
            or SwitchoverStep.ClearTarget or SwitchoverStep.RestoreTargetLink or SwitchoverStep.ReturnVoters => _steps.Pair.Target.Name,
        _ => _steps.Pair.Source.Name,
    };

    private StepObservation Record(StepObservation observation, long sent, long begun, long ended)
    {
        var elapsed = _time.GetElapsedTime(begun, ended);
        _reports.Add(new StepReport
        {
            Step = observation.Step,
            Node = NodeOf(observation.Step),
            Result = observation.Result,
            Elapsed = elapsed,
            SentAt = _timelines.Since(sent),
            EndedAt = _timelines.Since(ended),
        });
        _journal.Came(observation);
        _progress.Report(observation.Step, NodeOf(observation.Step), elapsed, observation.Result);
        FailoverLog.StepEnded(_logger, observation.Step.ToString(), observation.Result.ToString(), elapsed.TotalMilliseconds);
        return observation;
    }

    /// <summary>The way back goes to the node that is to keep the identity, and begins with what was found.</summary>
    private void TakeUpVerdict(SwitchoverState state, SwitchoverStep step)
    {
        if (step != SwitchoverStep.Diagnose || _steps.Look is not { } look)
        {
            return;
        }

        _steps.Turn(state.IsTurned);
        _journal.Pair = _steps.Pair;
        if (_found is null || state.HasChangedNothing)
        {
            _found = Diagnosis.Of(look, _given);
            FailoverLog.PairDiagnosed(_logger, _found.State.ToString(), _found.Reason);
        }
    }

    /// <summary>
    /// Counts the time since something went wrong, or since a recovery began, and leaves some between two tries of the same step, or before another look.
    /// </summary>
    private async Task<SwitchoverState> KeepTimeAsync(SwitchoverState state, ImmutableArray<SwitchoverStep> leg)
    {
        if (state is { Setback: null, IsRecovery: false })
        {
            return state;
        }

        _setbackAt ??= _time.GetTimestamp();
        var next = SwitchoverProtocol.Next(state);
        if (next.End is null && (next.Leg.Contains(leg[^1]) || (next.Leg.Contains(SwitchoverStep.Diagnose) && leg[0] != SwitchoverStep.Lock)))
        {
            await Task.Delay(_options.RetryPause, _time, CancellationToken.None).ConfigureAwait(false);
        }

        return state with { OutOfTime = _time.GetElapsedTime(_setbackAt.Value) > _options.ResolveTimeout };
    }

    private async Task JournalEndAsync(SwitchoverOutcome outcome, IdentityLocation identityAt)
    {
        if (await _journal.EndAsync(outcome, identityAt).ConfigureAwait(false) is { } failure)
        {
            FailoverLog.JournalFailed(_logger, "end", failure);
        }
    }
}
