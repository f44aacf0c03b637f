namespace Tachyon.Failover.Runs;

/// <summary>Points the target's link at the staked keypair.</summary>
internal sealed class MoveTargetLinkStep(RunContext run) : CallStep(FailoverStep.MoveTargetLink)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) => run.Pair.Target.Link.PointAtAsync(IdentityRole.Staked, CancellationToken.None);

    public override string? Describe(ValidatorPair pair) => pair.Target.Link.CommandToPointAt(IdentityRole.Staked);
}
