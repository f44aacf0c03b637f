namespace Tachyon.Failover.Runs;

/// <summary>Takes both locks, and waits for calls that may still run inside a validator.</summary>
internal sealed class TakeLocksStep(RunContext run) : CallStep(FailoverStep.TakeLocks)
{
    protected override async Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        var locks = await RunLocks.TakeAsync(run, cancellationToken).ConfigureAwait(false);
        if (locks.IsDone)
        {
            await LateCalls.AwaitAsync(run.Time).ConfigureAwait(false);
        }

        return locks;
    }
}
