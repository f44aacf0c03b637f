using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Promotes the keeper with its own tower, which is unchanged.</summary>
internal sealed class PromoteKeeperStep(RunContext run) : CallStep(FailoverStep.PromoteKeeper)
{
    protected override async Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        var keeper = run.Pair.Source;
        var own = await run.Pair.Towers.ReadAsync(run.GivenSide(NodeSide.Source), TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        if (!own.IsDone)
        {
            return own.Call;
        }

        var verdict = TowerVerification.Check(own.Value, run.Pair.StakedIdentity, run.VoteAccount?.LastVote ?? 0, run.FinalTower ?? run.NewestKnown);
        if (!verdict.IsUsable)
        {
            return CallResult.NotDone(CallFailure.TowerCorrupt, $"the tower of {keeper.Name} cannot be used: {verdict.Reason}");
        }

        await ClockWait.AwaitAsync(run, Step, keeper, run.Probe?.Journal.LastTaken ?? run.Taken, CancellationToken.None).ConfigureAwait(false);
        if (run.TargetMayHaveVoted && await RefusalByVotesOfOtherAsync(verdict.Tower!).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        var restored = await keeper.Host.SetIdentityAsync(IdentityRole.Staked, own.Value, OrderLimit.Longest, CancellationToken.None).ConfigureAwait(false);
        run.IdentityTaken = Moment.Now(run.Time);
        await LateCalls.AwaitAsync(run.Time).ConfigureAwait(false);
        return restored;
    }

    /// <summary>A target without an answer to its promotion may have voted, and may have been restarted since with the other identity. The keeper's own tower lacks those votes.</summary>
    private async Task<CallResult?> RefusalByVotesOfOtherAsync(Tower own)
    {
        var (keeper, other) = (run.Pair.Source.Name, run.Pair.Target.Name);
        var there = await run.Pair.Towers.ReadAsync(run.GivenSide(NodeSide.Target), TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        if (!there.IsDone && there.Call.Failure != CallFailure.TowerMissing)
        {
            return CallResult.NotDone(CallFailure.Unreachable, $"it could not be read whether {other} has voted since its promotion: {there.Call}");
        }

        var saved = there.Value is { } file ? TowerVerification.Check(file, run.Pair.StakedIdentity).Tower?.LastVotedSlot : null;
        return saved > own.LastVotedSlot
            ? CallResult.NotDone(CallFailure.TowerCorrupt, $"{other} has voted for slot {saved} since its promotion, and the tower of {keeper} ends with slot {own.LastVotedSlot}: it must not vote with it")
            : null;
    }
}
