namespace Tachyon.Failover.Runs;

/// <summary>Adds the voters of the keeper.</summary>
internal sealed class ReturnKeeperVotersStep(RunContext run) : CallStep(FailoverStep.ReturnKeeperVoters)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) => run.Pair.Source.Host.AddAuthorizedVotersAsync(CancellationToken.None);
}
