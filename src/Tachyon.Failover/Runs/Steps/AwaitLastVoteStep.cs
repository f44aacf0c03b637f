using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Waits for the vote that may follow the demotion.</summary>
internal sealed class AwaitLastVoteStep(RunContext run) : CallStep(FailoverStep.AwaitLastVote)
{
    protected override Task<CallResult> CallAsync(CancellationToken cancellationToken) => run.Pair.Towers.AwaitVoteAsync(run.Silence, sinceLastWait: true, CancellationToken.None);

    public override string? Describe(ValidatorPair pair) => $"wait for the next {new TowerFileName(pair.StakedIdentity)}, at most one slot";
}
