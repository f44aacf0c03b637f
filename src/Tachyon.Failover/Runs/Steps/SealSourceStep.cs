using Tachyon.Failover.Nodes;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Removes the source's voters, and reads its tower: it can no longer vote, and the tower is final. Safety depends on this step.</summary>
internal sealed class SealSourceStep(RunContext run) : CallStep(FailoverStep.SealSource)
{
    protected override async Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        var towers = run.Pair.Towers;
        var removing = RemoveVotersAsync();
        if (!towers.IsOrderedWithHost)
        {
            await removing.ConfigureAwait(false);
        }

        var reading = towers.ReadAsync(NodeSide.Source, run.Options.Drain, CancellationToken.None);
        if (!towers.IsOrderedWithHost)
        {
            await reading.ConfigureAwait(false);
        }

        // Ask again after the read: an answer shows that the validator was not suspended while its last vote was waited for.
        // A validator that is suspended between generating and saving a vote saves and sends it when it resumes, long after the target has voted.
        // The promotion's time counts from here and not from the answer: this machine may be suspended before it reads the answer.
        run.SealAsked = Moment.Now(run.Time);
        var stillThere = RemoveVotersAsync();
        var removed = await removing.ConfigureAwait(false);
        var read = await reading.ConfigureAwait(false);
        var answered = await stillThere.ConfigureAwait(false);
        run.SealedAt = run.Time.GetTimestamp();
        if (!removed.IsDone || !answered.IsDone)
        {
            return removed.IsDone ? answered : removed;
        }

        if (!read.IsDone)
        {
            return CallResult.NotDone(read.Call.Failure, $"the source is sealed, but its tower was not read: {read.Call}");
        }

        var verdict = TowerVerification.Check(read.Value, run.Pair.StakedIdentity, run.VoteAccount?.LastVote ?? 0, run.NewestKnown);
        if (!verdict.IsUsable)
        {
            return CallResult.NotDone(CallFailure.TowerCorrupt, $"the source's final tower cannot be used: {verdict.Reason}");
        }

        run.FinalTower = verdict.Tower;
        return CallResult.Done($"last vote {run.FinalTower.LastVotedSlot}");
    }

    public override string? Describe(ValidatorPair pair) =>
        $"{pair.Source.Host.CommandFor(ValidatorCommand.RemoveAllAuthorizedVoters)}; read {new TowerFileName(pair.StakedIdentity)}";

    private Task<CallResult> RemoveVotersAsync() => run.Pair.Source.Host.RemoveAllAuthorizedVotersAsync(CancellationToken.None);
}
