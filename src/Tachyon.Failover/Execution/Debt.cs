using Tachyon.Failover.Hosts;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;

namespace Tachyon.Failover.Execution;

/// <summary>What a takeover leaves to be done on the node that lost the identity, in the order in which a person would do it.</summary>
internal static class Debt
{
    /// <summary>After a takeover that has promoted the target, or may have.</summary>
    public static IReadOnlyList<FollowUp> Of(SwitchoverState state, SwitchoverOutcome outcome, ValidatorPair pair) =>
        state.Takeover is null || !(state.IsCommitted || (outcome == SwitchoverOutcome.Indeterminate && state.Promotion is not null)) || TakeoverProtocol.IsSettled(state)
            ? []
            : [.. On(pair.Source, pair.Target.Name, state.SourceLink == IdentityRole.Unstaked, state.SourceIsDown || state.SourceIdentity == IdentityRole.Unstaked, state.Tidied)];

    /// <summary>After a recovery: what the journal says is owed on each node, as far as the recovery has not seen it done.</summary>
    public static IReadOnlyList<FollowUp> OfRecovery(SwitchoverState state, SwitchoverSteps steps) =>
        [.. Debtors(steps).SelectMany(debtor => LeftOn(debtor, state, steps))];

    /// <summary>The debtors on which a recovery has left nothing to be done, as sides of the pair by which its steps are meant.</summary>
    public static IEnumerable<NodeSide> SettledBy(SwitchoverState state, SwitchoverSteps steps) =>
        Debtors(steps).Where(debtor => !LeftOn(debtor, state, steps).Any()).Select(debtor => debtor == state.Keeper ? NodeSide.Source : NodeSide.Target);

    private static IEnumerable<NodeSide> Debtors(SwitchoverSteps steps) =>
        ((NodeSide[])[NodeSide.Source, NodeSide.Target]).Where(side => steps.Look?.Facts.On(side).IsOwed == true);

    private static IEnumerable<FollowUp> LeftOn(NodeSide debtor, SwitchoverState state, SwitchoverSteps steps)
    {
        // The node that was lost may be the one that is to keep the identity after all: then nothing is owed there any more.
        if (state.Verdict is { KeeperVotes: true } && state.Keeper == debtor)
        {
            return [];
        }

        var isOther = state.Keeper is { } keeper && keeper != debtor;
        var isMoved = isOther && state.TargetLink == IdentityRole.Unstaked;
        var isHarmless = isOther && state.IsTargetHarmless && (state.TargetIsDown || state.TargetIdentity == IdentityRole.Unstaked);
        var isTidied = isOther && state.TargetCleared;
        return On(steps.GivenNode(debtor), steps.GivenNode(debtor == NodeSide.Source ? NodeSide.Target : NodeSide.Source).Name, isMoved, isHarmless, isTidied);
    }

    /// <param name="node">The node that was lost.</param>
    /// <param name="active">The name of the one that has the identity now.</param>
    /// <param name="isMoved">Whether its link was seen on the unstaked keypair.</param>
    /// <param name="isHarmless">Whether its validator was seen to be gone, or demoted.</param>
    /// <param name="isTidied">Whether its tower was moved aside.</param>
    private static IEnumerable<FollowUp> On(ValidatorNode node, string active, bool isMoved, bool isHarmless, bool isTidied)
    {
        if (!isMoved)
        {
            yield return Owed(node, $"its identity link was not seen to be moved. If its validator starts through it, the one on {active} exits within seconds, and nobody votes: switch its autostart off, or move the link, before it boots", node.Link.CommandToPointAt(IdentityRole.Unstaked));
        }

        if (!isHarmless)
        {
            yield return Owed(node, "its validator was not seen to be demoted: it may run the staked identity, or wake up with it", node.Host.CommandFor(ValidatorCommand.RemoveAllAuthorizedVoters));
            yield return Owed(node, "after that: make it take its unstaked identity", node.Host.CommandFor(ValidatorCommand.TakeUnstakedIdentity));
        }

        if (!isTidied)
        {
            yield return Owed(node, "its tower was not moved aside: something stale could be used later", node.Host.CommandFor(ValidatorCommand.MoveTowerAside));
            yield return Owed(node, "give it its authorized voters back, which it needs for the way back, once it runs its unstaked identity", node.Host.CommandFor(ValidatorCommand.AddAuthorizedVoters));
        }
    }

    private static FollowUp Owed(ValidatorNode node, string reason, string command) => new() { Node = node.Name, Reason = reason, Command = command };
}
