using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Runs;

/// <summary>Reads both nodes and the cluster, and decides which node is the keeper.</summary>
internal sealed class DiagnoseStep(RunContext run) : RunStep(FailoverStep.Diagnose)
{
    /// <summary>Diagnoses the pair for a caller who only asks. Takes no lock.</summary>
    public static async Task<PairDiagnosis> DescribeAsync(RunContext run, CancellationToken cancellationToken)
    {
        run.AsksEverything = true;
        await RunSteps.Of(RunKind.Recovery, run).RunAsync(FailoverStep.Diagnose, cancellationToken).ConfigureAwait(false);
        return run.Probe is { } look ? Diagnosis.Of(look, run.Given) : Diagnosis.NotProbed(run.Given);
    }

    public override async Task<StepObservation> RunAsync(CancellationToken cancellationToken)
    {
        var look = await PairProbe.TakeAsync(run.Given, run.Options, run.RunId, !run.AsksEverything, run.Time, cancellationToken).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
        {
            return new StepObservation(Step, CallResult.NotDone(CallFailure.Canceled, "the caller canceled during the diagnosis"));
        }

        run.Probe = look;
        run.Survey = look.Survey;
        run.VoteAccount = look.VoteAccount ?? run.VoteAccount;
        var verdict = PairVerdict.Of(look.Facts);
        var result = verdict.Keeper is not null ? CallResult.Done($"{verdict.State}: {verdict.Reason}") : CallResult.NotDone(CallFailure.Refused, $"{verdict.State}: {verdict.Reason}");
        return new StepObservation(Step, result, Pair: look.Facts);
    }
}
