using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Runs;

/// <summary>Asks the other node for its identity.</summary>
internal sealed class ProbeOtherStep(RunContext run) : RunStep(FailoverStep.ProbeOther)
{
    // After a demotion, gossip is outdated.
    public override Task<StepObservation> RunAsync(CancellationToken cancellationToken) =>
        NodeProbe.AtAsync(Step, run.Pair, NodeSide.Target, run.OtherWasDemoted ? null : run.SurveyOf(NodeSide.Target)?.ContactInfo.Value?.Gossip);
}
