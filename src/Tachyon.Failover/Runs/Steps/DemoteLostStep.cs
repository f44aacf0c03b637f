namespace Tachyon.Failover.Runs;

/// <summary>Demotes the lost node, if it answers.</summary>
internal sealed class DemoteLostStep(TakeoverContext takeover) : CallStep(FailoverStep.DemoteSource)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) => takeover.Lost.DemoteAsync();
}
