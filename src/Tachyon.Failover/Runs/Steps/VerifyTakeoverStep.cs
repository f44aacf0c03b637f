using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Runs;

/// <summary>Checks that votes of the target land. The lost node is not waited for.</summary>
internal sealed class VerifyTakeoverStep(RunContext run, TakeoverContext takeover) : RunStep(FailoverStep.Verify)
{
    public override Task<StepObservation> RunAsync(CancellationToken cancellationToken)
    {
        if (takeover.Lost.Reach.ShellAnswers)
        {
            run.SourceSlot = ReplayWatch.SlotAsync(run.Pair.Source.Rpc, CancellationToken.None);
        }

        return GapMeasurement.AwaitVoteAsync(run, Step);
    }
}
