namespace Tachyon.Failover.Runs;

/// <summary>Points the lost node's link at its unstaked keypair, if it answers.</summary>
internal sealed class MoveLostLinkStep(TakeoverContext takeover) : CallStep(FailoverStep.MoveSourceLink)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) => takeover.Lost.MoveLinkAsync();
}
