using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Runs;

/// <summary>The last probe of a rollback and a recovery: the keeper must have voted since.</summary>
internal sealed class SeeKeeperVoteStep(RunContext run) : RunStep(FailoverStep.SeeKeeperVote)
{
    public override Task<StepObservation> RunAsync(CancellationToken cancellationToken) => VoterProof.AtTheEndAsync(run, Step, NodeSide.Source);
}
