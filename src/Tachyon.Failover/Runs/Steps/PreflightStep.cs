namespace Tachyon.Failover.Runs;

/// <summary>Checks whether the run could begin. Only the second look, under the locks, waits for the target to replay.</summary>
internal sealed class PreflightStep(RunContext run, SurveyScope scope) : CallStep(FailoverStep.Preflight)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) => RunPreflight.ProbeAsync(run, scope.First, cancellationToken);
}
