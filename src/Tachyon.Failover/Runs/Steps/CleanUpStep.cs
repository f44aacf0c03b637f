using Tachyon.Failover.Nodes;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Adds the source's voters, and moves its tower aside.</summary>
internal sealed class CleanUpStep(RunContext run) : CallStep(FailoverStep.CleanUp)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) => CleanUpAsync(run, Step);

    public override string? Describe(ValidatorPair pair) =>
        $"{pair.Source.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters)}; move {new TowerFileName(pair.StakedIdentity)} aside";

    /// <summary>Makes the source an inactive node. A takeover does the same if it reaches its lost node.</summary>
    internal static async Task<CallResult> CleanUpAsync(RunContext run, FailoverStep step)
    {
        var source = run.Pair.Source;

        // A source that runs the staked identity again would become a second voter with its voters.
        var look = await NodeProbe.AtAsync(step, run.Pair, NodeSide.Source, gossip: null).ConfigureAwait(false);
        if (look.Seen != IdentityRole.Unstaked)
        {
            return look.Seen is null
                ? look.Result
                : CallResult.NotDone(CallFailure.Refused, $"{source.Name} runs the staked identity; its authorized voters are not added");
        }

        var voters = ReplayWatch.ReturnVotersAsync(source, run.SourceSlot is { } slot ? await slot.ConfigureAwait(false) : null, run.Options.Slot, run.Time);
        var aside = run.Pair.Towers.MoveAsideAsync(NodeSide.Source, CancellationToken.None);
        var done = await AllCalls.FirstNotDoneAsync(voters, aside).ConfigureAwait(false);
        run.NoteAside(source, await aside.ConfigureAwait(false));
        return done;
    }
}
