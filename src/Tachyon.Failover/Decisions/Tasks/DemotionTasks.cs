namespace Tachyon.Failover.Decisions;

/// <summary>Lists what a takeover leaves to be done on the lost node, in the order in which an operator does it. Pure.</summary>
internal static class DemotionTasks
{
    /// <summary>After a takeover that has sent the promotion.</summary>
    public static IReadOnlyList<OperatorTask> Of(RunState state, FailoverOutcome outcome, PairNames names) =>
        state.Takeover is null || !(state.IsCommitted || (outcome == FailoverOutcome.Indeterminate && state.Promotion is not null)) || TakeoverProtocol.IsSettled(state)
            ? []
            : [.. On(NodeSide.Source, names.Target, state.SourceLink == IdentityRole.Unstaked, state.SourceIsDown || state.SourceIdentity == IdentityRole.Unstaked, state.Tidied)];

    /// <summary>After a recovery: what the journal says is pending on each node and this recovery did not see done.</summary>
    public static IReadOnlyList<OperatorTask> OfRecovery(RunState state, PairFacts? facts, PairNames names) =>
        [.. Pending(facts).SelectMany(side => LeftOn(side, state, names))];

    /// <summary>The nodes on which a recovery has left nothing pending, as sides of the pair that its steps use.</summary>
    public static IEnumerable<NodeSide> DoneBy(RunState state, PairFacts? facts, PairNames names) =>
        Pending(facts).Where(side => !LeftOn(side, state, names).Any()).Select(side => side == state.Keeper ? NodeSide.Source : NodeSide.Target);

    /// <summary>Whether a takeover has left something pending on one of the nodes, according to the newest probe.</summary>
    public static bool IsIn(PairFacts? facts) => Pending(facts).Any();

    private static IEnumerable<NodeSide> Pending(PairFacts? facts) =>
        ((NodeSide[])[NodeSide.Source, NodeSide.Target]).Where(side => facts?.On(side).HasPendingDemotion == true);

    private static IEnumerable<OperatorTask> LeftOn(NodeSide side, RunState state, PairNames names)
    {
        // The lost node may be the keeper after all. Then nothing is pending there.
        if (state.Verdict is { KeeperVotes: true } && state.Keeper == side)
        {
            return [];
        }

        var isOther = state.Keeper is { } keeper && keeper != side;
        var isMoved = isOther && state.TargetLink == IdentityRole.Unstaked;
        var isHarmless = isOther && state.IsTargetHarmless && (state.TargetIsDown || state.TargetIdentity == IdentityRole.Unstaked);
        var isTidied = isOther && state.TargetCleared;
        return On(side, names.On(side.Other()), isMoved, isHarmless, isTidied);
    }

    /// <param name="node">The node that was lost.</param>
    /// <param name="active">The name of the active node.</param>
    /// <param name="isMoved">Whether its identity link was seen to point at the unstaked keypair.</param>
    /// <param name="isHarmless">Whether its validator was seen to be stopped or demoted.</param>
    /// <param name="isTidied">Whether its tower was moved aside.</param>
    private static IEnumerable<OperatorTask> On(NodeSide node, string active, bool isMoved, bool isHarmless, bool isTidied)
    {
        if (!isMoved)
        {
            yield return new OperatorTask(node, $"its identity link was not seen to be moved. If its validator starts through it, the one on {active} exits within seconds, and no node votes: switch its autostart off, or move the link, before it boots", TaskCommand.PointLinkAtUnstaked, NoteCodes.LinkPending);
        }

        if (!isHarmless)
        {
            yield return new OperatorTask(node, "its validator was not seen to be demoted: it may run the staked identity now or later", TaskCommand.RemoveAllAuthorizedVoters, NoteCodes.DemotionPending);
            yield return new OperatorTask(node, "then demote it: set its unstaked identity", TaskCommand.TakeUnstakedIdentity, NoteCodes.UnstakedIdentityPending);
        }

        if (!isTidied)
        {
            yield return new OperatorTask(node, "its tower was not moved aside: a stale tower could be used later", TaskCommand.MoveTowerAside, NoteCodes.TowerPending);
            yield return new OperatorTask(node, "once it runs its unstaked identity, add its authorized voters again: a switchover back needs them", TaskCommand.AddAuthorizedVoters, NoteCodes.VotersPending);
        }
    }
}
