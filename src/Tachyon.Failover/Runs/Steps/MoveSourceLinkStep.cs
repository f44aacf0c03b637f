namespace Tachyon.Failover.Runs;

/// <summary>Points the source's link at its unstaked keypair, so that a restart does not make it a second voter.</summary>
internal sealed class MoveSourceLinkStep(RunContext run) : CallStep(FailoverStep.MoveSourceLink)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) => run.Pair.Source.Link.PointAtAsync(IdentityRole.Unstaked, CancellationToken.None);

    public override string? Describe(ValidatorPair pair) => pair.Source.Link.CommandToPointAt(IdentityRole.Unstaked);
}
