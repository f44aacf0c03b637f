namespace Tachyon.Failover.Runs;

/// <summary>Prepares the target of a takeover. The source is not asked.</summary>
internal sealed class PrepareTakeoverStep(RunContext run) : PreparationStep(run)
{
    private readonly RunContext _run = run;

    protected override SurveyScope Scope => SurveyScope.Takeover;

    protected override Task<CallResult> TryAsync(CancellationToken cancellationToken) => TargetTrial.RunAsync(_run, cancellationToken);
}
