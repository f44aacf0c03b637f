using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Runs;

/// <summary>One switchover, takeover or recovery: asks the protocol for the next steps, journals the intents, executes the steps, and returns their results to the protocol.</summary>
internal sealed class FailoverRun : IAsyncDisposable
{
    private readonly ValidatorPair _given;
    private readonly FailoverOptions _options;
    private readonly TimeProvider _time;
    private readonly RunObservers _observers;
    private readonly RunContext _run;
    private readonly RunSteps _steps;
    private readonly RunJournal _journal;
    private readonly List<StepReport> _reports = [];
    private PairDiagnosis? _found;
    private PairProbe? _look;
    private long? _setbackAt;

    private readonly TakeoverCall? _takeover;

    public FailoverRun(
        RunKind kind, ValidatorPair pair, FailoverOptions options, IProgress<FailoverProgress>? progress, ILogger logger, TimeProvider time, TakeoverCall? takeover = null)
    {
        _takeover = takeover;
        _given = pair;
        _options = options;
        _time = time;
        _journal = new RunJournal(options, pair, time) { Seen = side => _run?.Seen(side) };
        _observers = new RunObservers(SpanOf(kind), _journal.RunId, pair, progress, logger, time);
        _run = new RunContext(pair, options, _journal.RunId, time, takeover) { Progress = (step, line) => _observers.Noted(step, NodeOf(step), line) };
        _steps = RunSteps.Of(kind, _run);
    }

    private static string SpanOf(RunKind kind) => kind switch
    {
        RunKind.Takeover => FailoverTelemetry.TakeoverSpan,
        RunKind.Recovery => FailoverTelemetry.RecoverySpan,
        _ => FailoverTelemetry.SwitchoverSpan,
    };

    public async ValueTask DisposeAsync()
    {
        await _run.DisposeAsync().ConfigureAwait(false);
        await _observers.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Moves the staked identity.</summary>
    public async Task<FailoverResult> SwitchAsync(CancellationToken cancellationToken)
    {
        _observers.SwitchoverBegun(_journal.RunId);
        _journal.Begin(RunKind.Switchover);
        var start = RunState.Start with { OnClosedWindow = _options.OnClosedWindow };
        return await EndAsync(await RunAsync(start, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Takes the staked identity from a lost node.</summary>
    public async Task<FailoverResult> TakeOverAsync(CancellationToken cancellationToken)
    {
        _observers.TakeoverBegun(_journal.RunId, _takeover!.Policy.MinimumGrade);
        _journal.Begin(RunKind.Takeover);
        var start = RunState.StartOfTakeover(new TakeoverFacts
        {
            MinimumGrade = _takeover.Policy.MinimumGrade,
            AllowStop = _takeover.Policy.AllowStop && _given.Source.Process is not null,
            HasFence = _given.Source.FencingDevice is not null,
        });
        return await EndAsync(await RunAsync(start, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task<FailoverResult> EndAsync((RunState State, FailoverOutcome Outcome) end)
    {
        var (state, outcome) = end;
        var pending = DemotionTasks.Of(state, outcome, _given.Names());
        var identityAt = outcome switch
        {
            FailoverOutcome.Refused => await IdentitySearch.LocateAsync(_given, _time).ConfigureAwait(false),
            FailoverOutcome.Indeterminate when state.Location != IdentityLocation.Unknown => Whereabouts.AtTheEnd(state, await IdentitySearch.LocateAsync(_given, _time).ConfigureAwait(false)),
            _ => state.Location,
        };
        if (_takeover is not null && state.IsCommitted && pending.Count == 0)
        {
            _journal.DemotionCompleted(NodeSide.Source);
        }

        var unwritten = await JournalEndAsync(outcome, identityAt).ConfigureAwait(false);
        var result = new FailoverResult
        {
            RunId = _journal.RunId,
            Kind = _takeover is null ? RunKind.Switchover : RunKind.Takeover,
            StakedIdentity = _given.StakedIdentity,
            StartedAt = _observers.StartedAt,
            Elapsed = _observers.Elapsed,
            Outcome = outcome,
            IdentityAt = identityAt,
            Source = _given.Source.Name,
            Target = _given.Target.Name,
            Reason = ReasonOf(state),
            Evidence = _run.Takeover?.Evidence,
            PendingDemotions = [.. pending.NotesOn(_given), .. unwritten],
            Steps = _reports,
            Preflight = _run.Preflight,
            Gap = _run.Gap,
            Timeline = new Timelines(_observers, _options.Slot).Of(_run, _reports),
            OperatorActions = outcome == FailoverOutcome.Refused ? [] : [.. pending.Concat(RunTasks.Of(state, _given.Names())).On(_given)],
            Notes = _run.Notes,
        };
        _observers.Ended(result);
        return result;
    }

    /// <summary>Diagnoses the pair, and executes the one safe action.</summary>
    public async Task<RecoveryResult> RecoverAsync(CancellationToken cancellationToken)
    {
        _observers.RecoveryBegun(_journal.RunId);
        _journal.Begin(RunKind.Recovery);
        var (state, outcome) = await RunAsync(RunState.StartOfRecovery, cancellationToken).ConfigureAwait(false);
        var pending = DemotionTasks.OfRecovery(state, _run.Probe?.Facts, _given.Names());
        var ended = outcome switch
        {
            FailoverOutcome.Refused => RecoveryOutcome.Refused,
            FailoverOutcome.Indeterminate => RecoveryOutcome.Indeterminate,
            _ => state.WasInOrder && !DemotionTasks.IsIn(_run.Probe?.Facts) ? RecoveryOutcome.NothingToDo : RecoveryOutcome.Recovered,
        };
        foreach (var side in ended == RecoveryOutcome.Recovered ? DemotionTasks.DoneBy(state, _run.Probe?.Facts, _given.Names()) : [])
        {
            _journal.DemotionCompleted(side);
        }

        FailoverNote[] unread = _run.Probe?.Journal.Failure is { } failure ? [new(NoteCodes.PendingUnknown, node: null, $"the journal could not be read, so it is unknown which demotions are pending: {failure}")] : [];
        var unwritten = await JournalEndAsync(outcome, state.Location).ConfigureAwait(false);
        var result = new RecoveryResult
        {
            RunId = _journal.RunId,
            StakedIdentity = _given.StakedIdentity,
            StartedAt = _observers.StartedAt,
            Elapsed = _observers.Elapsed,
            Outcome = ended,
            IdentityAt = state.Location,
            Diagnosis = _found ?? Diagnosis.NotProbed(_given),
            Reason = state.FirstFailure is { } setback ? $"{setback.Step}: {setback.Result}" : null,
            PendingDemotions = [.. pending.NotesOn(_given), .. unread, .. unwritten],
            Steps = _reports,
            OperatorActions = outcome == FailoverOutcome.Refused ? [] : [.. RecoveryTasks.Of(state, _given.Names()).On(_given)],
            Notes = [.. Diagnosis.NotesOnClient(_run.Probe), .. _run.Notes],
        };
        _observers.Ended(result);
        return result;
    }

    private string? ReasonOf(RunState state) =>
        state.FirstFailure is not { } setback ? null
        : state.LacksEvidence && _run.Takeover?.Evidence is { } evidence
            ? $"{setback.Step}: the evidence is {evidence.Grade}, and the policy asks for {state.Takeover!.MinimumGrade}. Seen: {string.Join("; ", evidence.Facts)}. To raise it: {string.Join("; or ", evidence.Missing)}"
        : state.LastProbeAfterFailure is { } look ? $"{setback.Step}: {setback.Result}. At the end: {look}"
        : $"{setback.Step}: {setback.Result}";

    private async Task<(RunState State, FailoverOutcome Outcome)> RunAsync(RunState start, CancellationToken cancellationToken)
    {
        var state = start;
        var probesLeft = 2;
        bool MustProbeAgain(RunState end) => probesLeft > 0 && end.HasOldProbe(_run.VoterProbedAt?.Age(_time) ?? TimeSpan.Zero);

        while (true)
        {
            var move = SwitchoverProtocol.Next(state);
            if (move.End is { } outcome)
            {
                // Not before the last probe: another coordinator could move the identity between that probe and the result.
                if (state.LocksHeld != false && !MustProbeAgain(state))
                {
                    await RunLocks.LetGoAsync(_run).ConfigureAwait(false);
                    state = state with { LocksHeld = false };
                }

                if (MustProbeAgain(state))
                {
                    probesLeft--;
                    state = state with { LastProbe = null };
                    continue;
                }

                TellTries();
                return (state, outcome);
            }

            if (cancellationToken.IsCancellationRequested && MayTurnAround(state))
            {
                state = state.Abandoned(move.Leg[0], CallResult.NotDone(CallFailure.Canceled, "the caller canceled"));
            }
            else
            {
                state = await TakeAsync(state, move.Leg, cancellationToken).ConfigureAwait(false);
            }

            state = await KeepTimeAsync(state, move.Leg).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a batch can be canceled while it runs: only before anything is moved.</summary>
    private static bool MayGiveUp(RunState state, FailoverStep step) => StepTable.Of(step).Cancel switch
    {
        CancelRule.Always => true,
        CancelRule.BeforeAnyChange => state.HasChangedNothing,
        _ => false,
    };

    /// <summary>Whether a cancellation or an unwritable journal ends the run: a switchover then rolls back, a recovery stops.</summary>
    private static bool MayTurnAround(RunState state) => state.IsRecovery
        ? state.HasChangedNothing && state.FirstFailure?.Result.Failure != CallFailure.Canceled
        : state is { FirstFailure: null, IsCommitted: false };

    private async Task<RunState> TakeAsync(RunState state, ImmutableArray<FailoverStep> leg, CancellationToken cancellationToken)
    {
        // No step is sent before its intent is on stable storage. In a rollback, and after the promotion, an unwritable journal
        // must not keep the nodes from becoming safe.
        if (await _journal.IntendAsync(leg).ConfigureAwait(false) is { } failure)
        {
            FailoverLog.JournalFailed(_observers.Log, leg[0].ToString(), failure);
            if (!state.IsRecovery && MayTurnAround(state))
            {
                return state.Abandoned(leg[0], CallResult.NotDone(CallFailure.Refused, $"the journal could not be written: {failure.Message}"));
            }
        }

        var token = MayGiveUp(state, leg[0]) ? cancellationToken : CancellationToken.None;
        state = _given.Towers.IsOrderedWithHost
            ? await TakeTogetherAsync(state, leg, token).ConfigureAwait(false)
            : await TakeInTurnAsync(state, leg, token).ConfigureAwait(false);
        TakeUpVerdict(state);
        return state;
    }

    /// <summary>Sends all steps of the batch at once, in order, without waiting for answers in between.</summary>
    private async Task<RunState> TakeTogetherAsync(RunState state, ImmutableArray<FailoverStep> leg, CancellationToken cancellationToken)
    {
        var sent = _time.GetTimestamp();
        var begun = sent;
        var underWay = leg.Select(step => (Step: step, Observation: _steps.RunAsync(step, cancellationToken))).ToArray();
        foreach (var (step, observed) in underWay)
        {
            Begin(step);
            var observation = await observed.ConfigureAwait(false);
            var ended = _time.GetTimestamp();
            state = state.After(Record(observation, sent, begun, ended));
            begun = ended;
        }

        return state;
    }

    /// <summary>Executes one step after the other, and stops at the first that is not done.</summary>
    private async Task<RunState> TakeInTurnAsync(RunState state, ImmutableArray<FailoverStep> leg, CancellationToken cancellationToken)
    {
        foreach (var step in leg)
        {
            var begun = _time.GetTimestamp();
            Begin(step);
            var observation = await _steps.RunAsync(step, cancellationToken).ConfigureAwait(false);
            state = state.After(Record(observation, begun, begun, _time.GetTimestamp()));
            if (!observation.Result.IsDone && StepTable.Of(step).Failure != StepFailure.CostsSpeed)
            {
                break;
            }
        }

        return state;
    }

    private string? NodeOf(FailoverStep step) => StepTable.Of(step).Side is { } side ? _run.Pair.On(side).Name : null;

    private StepObservation Record(StepObservation observation, long sent, long begun, long ended)
    {
        var report = new StepReport
        {
            StepCode = observation.Step,
            Node = NodeOf(observation.Step),
            Result = observation.Result,
            Elapsed = _time.GetElapsedTime(begun, ended),
            SentAt = _observers.Since(sent),
            EndedAt = _observers.Since(ended),
        };
        _journal.Came(observation);
        if (_reports is [.., var last] && last.IsSameAs(report))
        {
            _reports[^1] = last.With(report);
            return observation;
        }

        TellTries();
        _reports.Add(report);
        _observers.StepEnded(report);
        return observation;
    }

    /// <summary>Repeated results are reported once. This reports the number of tries when the result changes.</summary>
    private void TellTries()
    {
        if (_reports is [.., { Tries: > 1 } last])
        {
            _observers.Noted(last.StepCode, last.Node, $"{last.Tries} tries in {last.Elapsed.TotalSeconds:0} s, all with this answer: {last.Result}");
        }
    }

    /// <summary>Reports a repeated step only if its result changes.</summary>
    private void Begin(FailoverStep step)
    {
        if (!(_reports is [.., { Result.IsDone: false } last] && last.StepCode == step && last.Node == NodeOf(step)))
        {
            _observers.StepBegun(step, NodeOf(step));
        }
    }

    /// <summary>Starts the rollback towards the keeper, with what the diagnosis found.</summary>
    private void TakeUpVerdict(RunState state)
    {
        if (_run.Probe is not { } look || ReferenceEquals(look, _look))
        {
            return;
        }

        _look = look;
        _run.Turn(state.IsTurned);
        _journal.Pair = _run.Pair;
        if (_found is null || state.HasChangedNothing)
        {
            _found = Diagnosis.Of(look, _given);
            _observers.Diagnosed(_found);
        }
    }

    /// <summary>
    /// Updates the time since the first failure, or since a recovery began, and waits before the same step or another probe is tried again.
    /// </summary>
    private async Task<RunState> KeepTimeAsync(RunState state, ImmutableArray<FailoverStep> leg)
    {
        if (state is { FirstFailure: null, IsRecovery: false })
        {
            return state;
        }

        _setbackAt ??= _time.GetTimestamp();
        var next = SwitchoverProtocol.Next(state);
        if (next.IsAnotherTry(leg))
        {
            await _time.DelayAsync(_options.RetryDelay).ConfigureAwait(false);
        }

        return state with { OutOfTime = _time.GetElapsedTime(_setbackAt.Value) > _options.RollbackTimeout };
    }

    /// <summary>Writes the end of the run.</summary>
    /// <returns>The demotion that the journal still has as pending, because it could not be written.</returns>
    private async Task<IEnumerable<FailoverNote>> JournalEndAsync(FailoverOutcome outcome, IdentityLocation identityAt)
    {
        if (await _journal.EndAsync(outcome, identityAt).ConfigureAwait(false) is not { } failure)
        {
            return [];
        }

        FailoverLog.JournalFailed(_observers.Log, "end", failure);
        return _journal.HasUnwrittenCompletion
            ? [new FailoverNote(NoteCodes.CompletionUnwritten, node: null, $"nothing is left to do on the lost node, but the journal could not be written, so it still has a pending demotion there; the next recovery completes the entry: {failure.Message}")]
            : [];
    }
}
