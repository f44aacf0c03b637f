namespace Tachyon.Failover.Runs;

/// <summary>Fences the lost node from outside, but only if the target can vote afterwards. Otherwise no node would vote.</summary>
internal sealed class FenceSourceStep(RunContext run, TakeoverContext takeover) : CallStep(FailoverStep.FenceSource)
{
    protected override async Task<CallResult> CallAsync(CancellationToken cancellationToken)
    {
        var (watch, source) = (takeover.Watch, run.Pair.Source.Name);
        await watch.ProbeInTurnAsync(cancellationToken).ConfigureAwait(false);
        if (watch.History.Sight.UnknownReason is { } reason)
        {
            return CallResult.NotDone(CallFailure.Refused, $"{source} is left as it is, because it would then be unknown whether its newest vote has landed: {reason}");
        }

        if (takeover.Policy.Tower != TakeoverTower.FromChain)
        {
            var (tower, words) = await InheritedTowers.ChooseAsync(run, takeover, own: null).ConfigureAwait(false);
            if (tower is null)
            {
                return CallResult.NotDone(CallFailure.TowerMissing, $"{source} is left as it is, because the target could not vote then: {words}");
            }
        }

        var fenced = await takeover.Lost.FenceFromOutsideAsync().ConfigureAwait(false);
        if (fenced.Outcome != CallOutcome.NotDone)
        {
            await watch.ProbeAsync(cancellationToken).ConfigureAwait(false);
            takeover.Lost.FencedAt = watch.History.Sight.Slot;
        }

        return fenced;
    }
}
