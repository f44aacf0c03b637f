namespace Tachyon.Failover.Runs;

/// <summary>Demotes the other node.</summary>
internal sealed class DemoteOtherStep(RunContext run) : CallStep(FailoverStep.DemoteOther)
{
    protected override async Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        var demoted = await run.Pair.Target.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, within: null, CancellationToken.None).ConfigureAwait(false);
        run.OtherWasDemoted |= demoted.IsDone;
        await LateCalls.AwaitAsync(run.Time).ConfigureAwait(false);
        return demoted;
    }
}
