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
            NoteLeaderSlots(run.Gap.LeaderSlotsAhead);
        }

        return await seeing.ConfigureAwait(false);
    }

    private void NoteLeaderSlots(IReadOnlyList<ulong> ahead)
    {
        if (ahead.Count > 0 && !run.TargetLeadsAtOnce)
        {
            run.Note(
                NoteCodes.LeaderSlotsSkipped,
                run.Pair.Target.Name,
                $"{run.Pair.Target.Name} will skip {ahead.Count} leader {(ahead.Count == 1 ? "slot" : "slots")} of the identity, the first at slot {ahead[0]}: it leads again once a vote of its own is rooted, some 32 slots after its first.",
                ("slots", ahead));
        }
    }

    public override string? Describe(ValidatorPair pair) =>
        $"{pair.Target.Host.CommandFor(ValidatorCommand.ShowContactInfo)}; wait for a vote that is newer than 3 s after the promotion";
}
