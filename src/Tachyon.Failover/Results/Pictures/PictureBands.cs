using Tachyon.Failover.Decisions;

namespace Tachyon.Failover;

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
            where StepTable.Of(step.StepCode).Picture is StepPicture.DemotesSource or StepPicture.SealsSource or StepPicture.Promotes or StepPicture.SealsOther or StepPicture.DemotesOther
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
            switch (StepTable.Of(step.StepCode).Picture, step.Result.Outcome)
            {
                case (StepPicture.DemotesSource, CallOutcome.Done):
                    yield return (at, (PictureColor.LightOf(side), "unstaked"));
                    break;
                case (StepPicture.SealsSource, CallOutcome.Done):
                    yield return (facts.AtNode(side, step.EndedAt - step.Elapsed), (PictureColor.Panel, "sealed: cannot vote"));
                    break;
                case (StepPicture.SealsOther, CallOutcome.Done):
                    yield return (at, (PictureColor.Panel, "sealed: cannot vote"));
                    break;
                case (StepPicture.Promotes or StepPicture.ShowsPromoted, CallOutcome.Done):
                    yield return (at, Staked(side));
                    break;
                case (StepPicture.DemotesOther, CallOutcome.Done):
                    yield return (at, (PictureColor.Panel, "unstaked"));
                    break;
                case (StepPicture.DemotesSource or StepPicture.SealsSource or StepPicture.Promotes, CallOutcome.Unknown):
                    yield return (sent, Doubt);
                    break;
                default:
                    break;
            }
        }
    }
}
