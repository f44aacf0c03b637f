using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Runs;

/// <summary>Asks the keeper for its identity.</summary>
internal sealed class ProbeKeeperStep(RunContext run) : RunStep(FailoverStep.ProbeKeeper)
{
    public override Task<StepObservation> RunAsync(CancellationToken cancellationToken) =>
        NodeProbe.AtAsync(Step, run.Pair, NodeSide.Source, run.SurveyOf(NodeSide.Source)?.ContactInfo.Value?.Gossip);
}
