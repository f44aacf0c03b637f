using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Runs;

/// <summary>A step whose observation is only the result of its calls.</summary>
/// <param name="step">The step.</param>
internal abstract class CallStep(FailoverStep step) : RunStep(step)
{
    public sealed override async Task<StepObservation> RunAsync(CancellationToken cancellationToken) =>
        new(Step, await CallAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Sends the calls, the first of them before its first await.</summary>
    protected abstract Task<CallResult> CallAsync(CancellationToken cancellationToken);
}
