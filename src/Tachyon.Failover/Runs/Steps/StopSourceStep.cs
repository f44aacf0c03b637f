namespace Tachyon.Failover.Runs;

/// <summary>Stops the lost node's validator, which could not be demoted.</summary>
internal sealed class StopSourceStep(TakeoverContext takeover) : CallStep(FailoverStep.StopSource)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) => takeover.Lost.StopAsync();
}
