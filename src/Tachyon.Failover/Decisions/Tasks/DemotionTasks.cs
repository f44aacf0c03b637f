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
        [.. Debtors(facts).SelectMany(debtor => LeftOn(debtor, state, names))];

    /// <summary>The nodes on which a recovery has left nothing pending, as sides of the pair that its steps use.</summary>
    public static IEnumerable<NodeSide> DoneBy(RunState state, PairFacts? facts, PairNames names) =>
        Debtors(facts).Where(debtor => !LeftOn(debtor, state, names).Any()).Select(debtor => debtor == state.Keeper ? NodeSide.Source : NodeSide.Target);

    /// <summary>Whether a takeover has left something pending on one of the nodes, according to the newest probe.</summary>
    public static bool IsIn(PairFacts? facts) => Debtors(facts).Any();

    private static IEnumerable<NodeSide> Debtors(PairFacts? facts) =>
        ((NodeSide[])[NodeSide.Source, NodeSide.Target]).Where(side => facts?.On(side).HasPendingDemotion == true);

    private static IEnumerable<OperatorTask> LeftOn(NodeSide debtor, RunState state, PairNames names)
    {
        // The lost node may be the keeper after all. Then nothing is pending there.
        if (state.Verdict is { KeeperVotes: true } && state.Keeper == debtor)
        {
            return [];
        }

        var isOther = state.Keeper is { } keeper && keeper != debtor;
        var isMoved = isOther && state.TargetLink == IdentityRole.Unstaked;
        var isHarmless = isOther && state.IsTargetHarmless && (state.TargetIsDown || state.TargetIdentity == IdentityRole.Unstaked);
        var isTidied = isOther && state.TargetCleared;
        return On(debtor, names.On(debtor == NodeSide.Source ? NodeSide.Target : NodeSide.Source), isMoved, isHarmless, isTidied);
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
            yield return Pending(node, NoteCodes.LinkPending, $"its identity link was not seen to be moved. If its validator starts through it, the one on {active} exits within seconds, and no node votes: switch its autostart off, or move the link, before it boots", TaskCommand.PointLinkAtUnstaked);
        }

        if (!isHarmless)
        {
            yield return Pending(node, NoteCodes.DemotionPending, "its validator was not seen to be demoted: it may run the staked identity now or later", TaskCommand.RemoveAllAuthorizedVoters);
            yield return Pending(node, NoteCodes.UnstakedIdentityPending, "then demote it: set its unstaked identity", TaskCommand.TakeUnstakedIdentity);
        }

        if (!isTidied)
        {
            yield return Pending(node, NoteCodes.TowerPending, "its tower was not moved aside: a stale tower could be used later", TaskCommand.MoveTowerAside);
            yield return Pending(node, NoteCodes.VotersPending, "once it runs its unstaked identity, add its authorized voters again: a switchover back needs them", TaskCommand.AddAuthorizedVoters);
        }
    }

    private static OperatorTask Pending(NodeSide node, string code, string reason, TaskCommand command) => new(node, command, reason) { Code = code };
}
