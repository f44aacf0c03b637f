using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Removes the voters of a lost node and reads its tower, if it answers.</summary>
internal sealed class SealLostStep(RunContext run, TakeoverContext takeover) : CallStep(FailoverStep.SealSource)
{
    protected override async Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        var tower = await takeover.Lost.SealAsync().ConfigureAwait(false);
        if (!tower.IsDone)
        {
            return tower.Call;
        }

        var verdict = TowerVerification.Check(tower.Value, run.Pair.StakedIdentity, takeover.Landed, run.Leftover);
        if (!verdict.IsUsable)
        {
            return CallResult.NotDone(CallFailure.TowerCorrupt, $"the final tower of {run.Pair.Source.Name} cannot be used: {verdict.Reason}");
        }

        run.FinalTower = verdict.Tower;
        return CallResult.Done($"last vote {run.FinalTower.LastVotedSlot}");
    }
}
