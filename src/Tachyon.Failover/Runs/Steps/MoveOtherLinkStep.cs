namespace Tachyon.Failover.Runs;

/// <summary>Points the other node's link at its unstaked keypair. From then on a validator that hangs may be asked.</summary>
internal sealed class MoveOtherLinkStep(RunContext run) : CallStep(FailoverStep.MoveOtherLink)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        run.AsksEverything = true;
        return run.Pair.Target.Link.PointAtAsync(IdentityRole.Unstaked, CancellationToken.None);
    }
}
