namespace Tachyon.Failover.Reports;

/// <summary>The states of a node during the picture, according to its answers.</summary>
internal static class PictureBands
{
    /// <summary>The spans of a lane, one after the other.</summary>
    public static IEnumerable<(TimeSpan From, TimeSpan To, string Fill, string Words)> Of(PictureFacts facts, NodeSide side)
    {
        var (from, state) = (facts.From, First(facts, side));
        foreach (var (at, next) in Changes(facts, side).Where(change => change.At > facts.From && change.At < facts.To).OrderBy(change => change.At))
        {
            if (next == state)
            {
                continue;
            }

            yield return (from, at, state.Fill, state.Words);
            (from, state) = (at, next);
        }

        yield return (from, facts.To, state.Fill, state.Words);
    }

    /// <summary>The calls on a node, from their begin to their end there.</summary>
    public static IEnumerable<(StepReport Step, TimeSpan From, TimeSpan To)> Calls(PictureFacts facts, NodeSide side)
    {
        var trip = facts.Result.Timeline.TripTo(side);
        return
            from step in facts.Drawn
            where step.Step is FailoverStep.DemoteSource or FailoverStep.SealSource or FailoverStep.PromoteTarget or FailoverStep.PromoteKeeper or FailoverStep.SealOther or FailoverStep.DemoteOther
            where facts.SideOf(step) == side
            let begun = step.EndedAt - step.Elapsed
            let start = begun <= step.SentAt ? step.SentAt + trip : begun - trip
            let end = step.EndedAt - trip
            where end > start
            select (step, start, end);
    }

    private static (string Fill, string Words) First(PictureFacts facts, NodeSide side) =>
        side == NodeSide.Source && !(facts.Fence is null && facts.Result.IdentityAt != IdentityLocation.Source) ? Staked(side)
        : side == NodeSide.Target && facts.Fence is null && facts.Result.IdentityAt == IdentityLocation.Target ? Staked(side)
        : facts.Fence is null && facts.Result.IdentityAt == IdentityLocation.Unknown ? Doubt
        : (PictureColor.Panel, "unstaked");

    private static (string Fill, string Words) Staked(NodeSide side) => (PictureColor.LightOf(side), "staked");

    private static (string Fill, string Words) Doubt => (PictureColor.DoubtLight, "not known");

    private static IEnumerable<(TimeSpan At, (string Fill, string Words) State)> Changes(PictureFacts facts, NodeSide side)
    {
        foreach (var step in facts.Result.Steps.Where(step => facts.SideOf(step) == side))
        {
            var at = facts.AtNode(side, step.EndedAt);
            var sent = step.SentAt + facts.Result.Timeline.TripTo(side);
            switch (step.Step, step.Result.Outcome)
            {
                case (FailoverStep.DemoteSource, CallOutcome.Done):
                    yield return (at, (PictureColor.LightOf(side), "unstaked"));
                    break;
                case (FailoverStep.SealSource, CallOutcome.Done):
                    yield return (facts.AtNode(side, step.EndedAt - step.Elapsed), (PictureColor.Panel, "sealed: cannot vote"));
                    break;
                case (FailoverStep.SealOther, CallOutcome.Done):
                    yield return (at, (PictureColor.Panel, "sealed: cannot vote"));
                    break;
                case (FailoverStep.PromoteTarget or FailoverStep.MoveTargetLink or FailoverStep.PromoteKeeper, CallOutcome.Done):
                    yield return (at, Staked(side));
                    break;
                case (FailoverStep.DemoteOther, CallOutcome.Done):
                    yield return (at, (PictureColor.Panel, "unstaked"));
                    break;
                case (FailoverStep.DemoteSource or FailoverStep.SealSource or FailoverStep.PromoteTarget or FailoverStep.PromoteKeeper, CallOutcome.Unknown):
                    yield return (sent, Doubt);
                    break;
                default:
                    break;
            }
        }
    }
}
