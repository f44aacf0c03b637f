using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Runs;

/// <summary>Demotes the source. It waits for the next vote first, so that most of a slot is left for a short call.</summary>
internal sealed class DemoteSourceStep(RunContext run) : CallStep(FailoverStep.DemoteSource)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        var voted = run.Pair.Towers.AwaitVoteAsync(run.Silence, sinceLastWait: false, CancellationToken.None);
        return run.Pair.Towers.IsOrderedWithHost ? DemoteAsync() : DemoteAfterAsync(voted);
    }

    public override string? Describe(ValidatorPair pair) => pair.Source.Host.CommandFor(ValidatorCommand.TakeUnstakedIdentity);

    private Task<CallResult> DemoteAsync() => run.Pair.Source.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, within: null, CancellationToken.None);

    private async Task<CallResult> DemoteAfterAsync(Task voted)
    {
        await voted.ConfigureAwait(false);
        return await DemoteAsync().ConfigureAwait(false);
    }
}
