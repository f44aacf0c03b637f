using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Protocol;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Execution;

/// <summary>One switchover: asks the protocol what comes next, journals the intention, has the steps carried out, and tells the protocol what came of them.</summary>
internal sealed class SwitchoverRun : IAsyncDisposable
{
    private readonly ValidatorPair _pair;
    private readonly FailoverOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ProgressFeed _progress;
    private readonly SwitchoverSteps _steps;
    private readonly RunJournal _journal;
    private readonly List<StepReport> _reports = [];
    private long? _setbackAt;

    public SwitchoverRun(ValidatorPair pair, FailoverOptions options, IProgress<FailoverProgress>? observer, ILogger logger, TimeProvider time)
    {
        _pair = pair;
        _options = options;
        _logger = logger;
        _time = time;
        _progress = new ProgressFeed(observer, logger, time);
        _journal = new RunJournal(options, pair, time);
        _steps = new SwitchoverSteps(pair, options, _journal.Switchover, time) { Note = (step, line) => _progress.Report(step, NodeOf(step), TimeSpan.Zero, note: line) };
    }

    public async ValueTask DisposeAsync()
    {
        await _steps.DisposeAsync().ConfigureAwait(false);
        await _progress.DisposeAsync().ConfigureAwait(false);
    }

    public async Task<FailoverResult> RunAsync(CancellationToken cancellationToken)
    {
        FailoverLog.SwitchoverBegun(_logger, _journal.Switchover, _pair.StakedIdentity.ToString(), _pair.Source.Name, _pair.Target.Name);
        _journal.Begin();
        var state = SwitchoverState.Start;
        while (true)
        {
            var move = SwitchoverProtocol.Next(state);
            if (move.End is { } outcome)
            {
                return await EndAsync(state, outcome).ConfigureAwait(false);
            }

            if (cancellationToken.IsCancellationRequested && state is { Setback: null, IsCommitted: false })
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
    private static bool MayGiveUp(SwitchoverStep step) => step is SwitchoverStep.Preflight or SwitchoverStep.RestartWindow or SwitchoverStep.Arm;

    private async Task<SwitchoverState> TakeAsync(SwitchoverState state, ImmutableArray<SwitchoverStep> leg, CancellationToken cancellationToken)
    {
        // No step is sent before its intention is on stable storage. On the way back, and after the promotion, an unwritable journal
        // must not keep the nodes from becoming safe.
        if (await _journal.IntendAsync(leg).ConfigureAwait(false) is { } failure)
        {
            FailoverLog.JournalFailed(_logger, leg[0].ToString(), failure);
            if (state is { Setback: null, IsCommitted: false })
            {
                return state.Abandoned(leg[0], CallResult.NotDone(CallFailure.Refused, $"the journal could not be written: {failure.Message}"));
            }
        }

        var token = MayGiveUp(leg[0]) ? cancellationToken : CancellationToken.None;
        return _pair.Towers.KeepsOrderWithHosts
            ? await TakeTogetherAsync(state, leg, token).ConfigureAwait(false)
            : await TakeInTurnAsync(state, leg, token).ConfigureAwait(false);
    }

    /// <summary>Sends all steps of the leg at once, one behind the other, so that no trip lies between them.</summary>
    private async Task<SwitchoverState> TakeTogetherAsync(SwitchoverState state, ImmutableArray<SwitchoverStep> leg, CancellationToken cancellationToken)
    {
        var begun = _time.GetTimestamp();
        var underWay = leg.Select(step => (Step: step, Observation: _steps.RunAsync(step, cancellationToken))).ToArray();
        foreach (var (step, observed) in underWay)
        {
            _progress.Report(step, NodeOf(step), TimeSpan.Zero);
            var observation = await observed.ConfigureAwait(false);
            var ended = _time.GetTimestamp();
            state = state.After(Record(observation, _time.GetElapsedTime(begun, ended)));
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
            state = state.After(Record(observation, _time.GetElapsedTime(begun)));
            if (!observation.Result.IsDone && step != SwitchoverStep.AwaitLastVote)
            {
                break;
            }
        }

        return state;
    }

    private string? NodeOf(SwitchoverStep step) => step switch
    {
        SwitchoverStep.Preflight or SwitchoverStep.Arm or SwitchoverStep.Verify or SwitchoverStep.Tidy or SwitchoverStep.Release => null,
        SwitchoverStep.Deliver or SwitchoverStep.Promote or SwitchoverStep.MoveTargetLink
            or SwitchoverStep.LookAtTarget or SwitchoverStep.SealTarget or SwitchoverStep.DemoteTarget or SwitchoverStep.UnsealTarget
            or SwitchoverStep.ClearTarget => _pair.Target.Name,
        _ => _pair.Source.Name,
    };

    private StepObservation Record(StepObservation observation, TimeSpan elapsed)
    {
        _reports.Add(new StepReport { Step = observation.Step, Node = NodeOf(observation.Step), Result = observation.Result, Elapsed = elapsed });
        _journal.Came(observation);
        _progress.Report(observation.Step, NodeOf(observation.Step), elapsed, observation.Result);
        FailoverLog.StepEnded(_logger, observation.Step.ToString(), observation.Result.ToString(), elapsed.TotalMilliseconds);
        return observation;
    }

    /// <summary>Counts the time since something went wrong, and leaves some between two tries of the same step.</summary>
    private async Task<SwitchoverState> KeepTimeAsync(SwitchoverState state, ImmutableArray<SwitchoverStep> leg)
    {
        if (state.Setback is null)
        {
            return state;
        }

        _setbackAt ??= _time.GetTimestamp();
        var next = SwitchoverProtocol.Next(state);
        if (next.End is null && next.Leg.Contains(leg[^1]))
        {
            await Task.Delay(_options.RetryPause, _time, CancellationToken.None).ConfigureAwait(false);
        }

        return state with { OutOfTime = _time.GetElapsedTime(_setbackAt.Value) > _options.ResolveTimeout };
    }

    private async Task<FailoverResult> EndAsync(SwitchoverState state, SwitchoverOutcome outcome)
    {
        // Whatever came of it, the next coordinator, or a person, must find the nodes free.
        if (state.LocksHeld != false)
        {
            await _steps.ReleaseAsync().ConfigureAwait(false);
        }

        var result = new FailoverResult
        {
            Switchover = _journal.Switchover,
            Outcome = outcome,
            IdentityAt = outcome == SwitchoverOutcome.Refused ? await _steps.LocateAsync().ConfigureAwait(false) : state.Location,
            Source = _pair.Source.Name,
            Target = _pair.Target.Name,
            Reason = state.Setback is { } setback ? $"{setback.Step}: {setback.Result}" : null,
            Steps = _reports,
            Preflight = _steps.Preflight,
            Gap = _steps.Gap,
            FollowUps = outcome == SwitchoverOutcome.Refused ? [] : FollowUps.Of(state, _pair),
            Notes = _steps.Notes,
        };
        if (await _journal.EndAsync(result).ConfigureAwait(false) is { } failure)
        {
            FailoverLog.JournalFailed(_logger, "end", failure);
        }

        FailoverLog.SwitchoverEnded(_logger, result.Switchover, outcome.ToString(), result.IdentityAt.ToString());
        return result;
    }
}
