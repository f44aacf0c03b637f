namespace Tachyon.Failover.Runs;

/// <summary>Removes the voters of the other node, so that a late promotion cannot make it a second voter.</summary>
internal sealed class SealOtherStep(RunContext run) : CallStep(FailoverStep.SealOther)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) => run.Pair.Target.Host.RemoveAllAuthorizedVotersAsync(CancellationToken.None);
}
