using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Runs;

/// <summary>The step classes of one run. The protocols decide the order; <see cref="StepTable"/> says everything else about a step.</summary>
internal sealed class RunSteps
{
    private readonly Dictionary<FailoverStep, RunStep> _steps;

    private RunSteps(params IEnumerable<RunStep> steps) => _steps = steps.ToDictionary(static one => one.Step);

    /// <summary>The steps, by their numbers.</summary>
    public IReadOnlyDictionary<FailoverStep, RunStep> All => _steps;

    /// <summary>The steps of a run.</summary>
    public static RunSteps Of(RunKind kind, RunContext run) => kind switch
    {
        RunKind.Recovery => new RunSteps([.. Rollback(run), .. Recovery(run)]),
        RunKind.Takeover => OfTakeover(run, run.Takeover!),
        _ => new RunSteps([.. Forward(run), .. Rollback(run)]),
    };

    /// <summary>Executes a step. An exception becomes an observation: the run must continue.</summary>
    public async Task<StepObservation> RunAsync(FailoverStep step, CancellationToken cancellationToken)
    {
        try
        {
            return await _steps[step].RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It is unknown what the step did before.
            return new StepObservation(step, CallResult.Unknown(CallFailure.Canceled, "the caller canceled"));
        }
        catch (Exception exception)
        {
            // A part of an embedder may throw anything, even in the gap. What it did before is unknown, and the run continues.
            return new StepObservation(step, CallResult.Unknown(CallFailure.Unrecognized, exception.Message));
        }
    }

    private static RunSteps OfTakeover(RunContext run, TakeoverContext takeover)
    {
        var steps = Of(RunKind.Switchover, run);
        RunStep[] own =
        [
            new PreflightStep(run, SurveyScope.Takeover),
            new AssessEvidenceStep(run, takeover),
            new PrepareTakeoverStep(run),
            new MoveLostLinkStep(takeover),
            new SealLostStep(run, takeover),
            new DemoteLostStep(takeover),
            new StopSourceStep(takeover),
            new FenceSourceStep(run, takeover),
            new ChooseTowerStep(run, takeover),
            new VerifyTakeoverStep(run, takeover),
            new CleanUpLostStep(run, takeover),
        ];
        foreach (var step in own)
        {
            steps._steps[step.Step] = step;
        }

        return steps;
    }

    private static IEnumerable<RunStep> Forward(RunContext run) =>
    [
        new PreflightStep(run, SurveyScope.Switchover),
        new AwaitRestartWindowStep(run),
        new PrepareStep(run),
        new MoveSourceLinkStep(run),
        new DemoteSourceStep(run),
        new AwaitLastVoteStep(run),
        new SealSourceStep(run),
        new DeliverTowerStep(run),
        new PromoteTargetStep(run),
        new MoveTargetLinkStep(run),
        new VerifyStep(run),
        new CleanUpStep(run),
        new SeeTargetVoteStep(run),
    ];

    private static IEnumerable<RunStep> Rollback(RunContext run) =>
    [
        new ProbeOtherStep(run),
        new SealOtherStep(run),
        new DemoteOtherStep(run),
        new UnsealTargetStep(run),
        new ReturnKeeperVotersStep(run),
        new MoveKeeperLinkStep(run),
        new ProbeKeeperStep(run),
        new PromoteKeeperStep(run),
        new MoveOtherTowerAsideStep(run),
        new ReleaseLocksStep(run),
        new SeeKeeperVoteStep(run),
    ];

    private static IEnumerable<RunStep> Recovery(RunContext run) =>
    [
        new TakeLocksStep(run),
        new DiagnoseStep(run),
        new MoveOtherLinkStep(run),
        new ReturnOtherVotersStep(run),
        new StopOtherStep(run),
    ];
}
