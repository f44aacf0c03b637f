using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Runs;

/// <summary>Stops the validator of the other node, which could not be demoted.</summary>
internal sealed class StopOtherStep(RunContext run) : CallStep(FailoverStep.StopOther)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) => BoundedStop.RunAsync(run.Pair.Target.Process!, run.Time);
}
