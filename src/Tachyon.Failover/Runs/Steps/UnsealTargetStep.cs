namespace Tachyon.Failover.Runs;

/// <summary>Adds the voters of a target that turned out to be promoted after it was sealed.</summary>
internal sealed class UnsealTargetStep(RunContext run) : CallStep(FailoverStep.UnsealTarget)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) => run.Pair.Target.Host.AddAuthorizedVotersAsync(CancellationToken.None);
}
