namespace Tachyon.Failover.Runs;

/// <summary>Adds the voters of the node that lost the identity, as at the end of a switchover.</summary>
internal sealed class ReturnOtherVotersStep(RunContext run) : CallStep(FailoverStep.ReturnOtherVoters)
{
    protected override async Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        var other = run.Pair.Target;
        var look = await NodeProbe.AtAsync(Step, run.Pair, NodeSide.Target, gossip: null).ConfigureAwait(false);
        return look.Seen switch
        {
            IdentityRole.Unstaked => await ReplayWatch.ReturnVotersAsync(other, since: null, run.Options.Slot, run.Time).ConfigureAwait(false),
            IdentityRole.Staked => CallResult.NotDone(CallFailure.Refused, $"{other.Name} runs the staked identity; its authorized voters are not added"),
            _ => look.Result,
        };
    }
}
