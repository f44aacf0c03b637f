using Tachyon.Failover.Decisions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Reads the identities again, checks that the source's tower is unchanged, and that a vote of the target lands.</summary>
internal sealed class VerifyStep(RunContext run) : RunStep(FailoverStep.Verify)
{
    public override async Task<StepObservation> RunAsync(CancellationToken cancellationToken)
    {
        var (pair, limit) = (run.Pair, run.Options.VerifyTimeout);

        // Wait for the source's answer last: the source may be slow or gone.
        run.SourceSlot = ReplayWatch.SlotAsync(pair.Source.Rpc, CancellationToken.None);
        var source = BoundedCall.ReadAsync(_ => pair.Source.Host.GetContactInfoAsync(CancellationToken.None), limit, run.Time);
        var tower = BoundedCall.ReadAsync(_ => pair.Towers.ReadAsync(NodeSide.Source, TimeSpan.Zero, CancellationToken.None), limit, run.Time);
        var target = await GapMeasurement.AwaitVoteAsync(run, Step).ConfigureAwait(false);
        NoteWhetherTheTowerChanged(await tower.ConfigureAwait(false));
        return target.Result.IsDone && (await source.ConfigureAwait(false)).Value?.Identity.Equals(pair.StakedIdentity) == true
            ? target with { Result = CallResult.NotDone(CallFailure.Refused, $"{pair.Source.Name} runs the staked identity again; it has no authorized voter and cannot vote; do not add one") }
            : target;
    }

    public override string? Describe(ValidatorPair pair) => $"{pair.Target.Host.CommandFor(ValidatorCommand.ShowContactInfo)}; watch votes land";

    private void NoteWhetherTheTowerChanged(CallResult<TowerFile> after)
    {
        var before = run.FinalTower!.File;
        if (!after.IsDone)
        {
            run.Note(NoteCodes.TowerNotReadAgain, run.Pair.Source.Name, $"The tower of {run.Pair.Source.Name} could not be read again after the promotion, so it is unknown whether a vote came late: {after.Call}.");
        }
        else if (!after.Value.Equals(before))
        {
            run.Note(
                NoteCodes.TowerChangedAfterSeal,
                run.Pair.Source.Name,
                $"THE SOURCE'S TOWER CHANGED AFTER THE SEAL ({before.Digest} was delivered, {after.Value.Digest} is there now): a vote came late, and the target may lack it. Watch for refused votes.",
                ("delivered", before.Digest),
                ("found", after.Value.Digest));
        }
    }
}
