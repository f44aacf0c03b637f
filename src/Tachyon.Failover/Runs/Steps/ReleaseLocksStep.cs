namespace Tachyon.Failover.Runs;

/// <summary>Releases both locks.</summary>
internal sealed class ReleaseLocksStep(RunContext run) : CallStep(FailoverStep.ReleaseLocks)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) => RunLocks.ReleaseAsync(run);
}
