using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Writes the final tower into the target's folder.</summary>
internal sealed class DeliverTowerStep(RunContext run) : CallStep(FailoverStep.DeliverTower)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) =>
        run.FinalTower is { } tower
            ? run.Pair.Towers.DeliverAsync(tower.File, trial: false, CancellationToken.None)
            : Task.FromResult(CallResult.Done());

    public override string? Describe(ValidatorPair pair) => $"write {new TowerFileName(pair.StakedIdentity)}, sync, compare, rename";
}
