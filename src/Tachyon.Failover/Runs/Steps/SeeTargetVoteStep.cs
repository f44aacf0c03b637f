using Tachyon.Failover.Decisions;
using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Runs;

/// <summary>The last probe of a run that went forward: the target must have voted since.</summary>
internal sealed class SeeTargetVoteStep(RunContext run) : RunStep(FailoverStep.SeeTargetVote)
{
    public override async Task<StepObservation> RunAsync(CancellationToken cancellationToken)
    {
        var seeing = VoterProof.AtTheEndAsync(run, Step, NodeSide.Target);
        if (run.Measurement is { } measurement)
        {
            run.Gap = await measurement.ResultAsync().ConfigureAwait(false);
        }

        return await seeing.ConfigureAwait(false);
    }

    public override string? Describe(ValidatorPair pair) =>
        $"{pair.Target.Host.CommandFor(ValidatorCommand.ShowContactInfo)}; wait for a vote that is newer than 3 s after the promotion";
}
