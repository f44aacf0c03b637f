namespace Tachyon.Failover.Runs;

/// <summary>Points the keeper's link where it was before the run.</summary>
internal sealed class MoveKeeperLinkStep(RunContext run) : CallStep(FailoverStep.MoveKeeperLink)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) => run.Pair.Source.Link.PointAtAsync(run.Takeover?.Lost.Before.Link?.Identity ?? IdentityRole.Staked, CancellationToken.None);
}
