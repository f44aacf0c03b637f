using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Protocol;

/// <summary>Says of what was seen who votes, and which node is to keep the staked identity.</summary>
/// <remarks>
/// The rule: who votes keeps it. If nobody votes, the newest tower decides, since whoever votes without it breaks a lockout. Whatever matters and
/// is not known makes that nobody gets it.
/// </remarks>
internal sealed record PairVerdict
{
    private PairVerdict()
    {
    }

    public required PairState State { get; init; }

    public required string Reason { get; init; }

    /// <summary>The node that is to keep the identity, or to get it back; null if that cannot be told.</summary>
    public NodeSide? Keeper { get; private init; }

    /// <summary>Whether that node was seen to vote.</summary>
    public bool KeeperVotes { get; private init; }

    /// <summary>Whether the other node runs the staked identity as well.</summary>
    public bool OtherRunsStaked { get; private init; }

    /// <summary>Whether all is as it is to be: there is nothing to change.</summary>
    public bool IsSettled { get; private init; }

    /// <summary>Whether another look, later, may show more. Then there is no keeper yet.</summary>
    public bool MayChange { get; private init; }

    /// <summary>Where the identity is: at the node that was seen to vote.</summary>
    public required IdentityLocation IdentityAt { get; init; }

    public RecoveryAction Action =>
        IsSettled ? RecoveryAction.NothingToDo
        : Keeper switch
        {
            NodeSide.Source => RecoveryAction.SettleAtSource,
            NodeSide.Target => RecoveryAction.SettleAtTarget,
            _ => RecoveryAction.LeaveToAPerson,
        };

    /// <summary>Why nothing may be changed, because a node is not as the settings say; null if both are. Then there is no keeper.</summary>
    public string? Refusal { get; private init; }

    public static PairVerdict Of(PairFacts facts)
    {
        var seen = Seen(facts);
        return (facts.Source.Refusal ?? facts.Target.Refusal) is { } refusal
            ? new PairVerdict { State = seen.State, IdentityAt = seen.IdentityAt, Reason = $"{seen.Reason} But {refusal}.", Refusal = refusal }
            : seen;
    }

    private static PairVerdict Seen(PairFacts facts) =>

        facts.AreOne ? Nobodys(PairState.CannotBeKnown, IdentityLocation.Unknown, "Source and target are one node: both have the same unstaked identity. Correct the settings of the one that is meant to be another.")
        : facts is { Source.WentElsewhere: true, Target.WentElsewhere: true }
            ? Nobodys(PairState.CannotBeKnown, IdentityLocation.Unknown, "The newest takeover gave the identity to a third node, and something is still owed on both of these. Settle each of them as the source of a pair whose target is that node.")

        // After a takeover the node that lost the identity is to be made harmless whatever it runs: above all if nobody knows, and even if it votes. If both have lost it, the newest takeover counts.
        : facts is { Source: { IsOwed: true } lost, Target: { WentElsewhere: false, RunsStaked: true, Votes: true } } && lost.Votes != false ? VotesOn(facts, NodeSide.Target)
        : facts is { Target: { IsOwed: true } other, Source: { WentElsewhere: false, RunsStaked: true, Votes: true } } && other.Votes != false ? VotesOn(facts, NodeSide.Source)
        : !facts.Source.IsKnown ? NotKnown(facts, NodeSide.Source)
        : !facts.Target.IsKnown ? NotKnown(facts, NodeSide.Target)
        : (facts.Source.Votes, facts.Target.Votes) switch
        {
            (null, _) => NotWatched(facts, NodeSide.Source),
            (_, null) => NotWatched(facts, NodeSide.Target),
            (true, true) => Nobodys(PairState.TwoIdentities, IdentityLocation.Unknown, "Both nodes vote with the staked identity. Which of them is to stop, a person must say, and at once."),
            (true, false) => VotesOn(facts, NodeSide.Source),
            (false, true) => VotesOn(facts, NodeSide.Target),
            (false, false) => NobodyVotes(facts),
        };

    private static PairVerdict VotesOn(PairFacts facts, NodeSide keeper)
    {
        var other = facts.OtherThan(keeper);
        return new PairVerdict
        {
            State = other.RunsStaked ? PairState.TwoIdentities : keeper == NodeSide.Source ? PairState.ActiveOnSource : PairState.ActiveOnTarget,
            Reason = other.RunsStaked
                ? other.Votes == false ? $"Both nodes run the staked identity, and only the {Word(keeper)} votes." : $"Both nodes run the staked identity, and it was taken from the {Word(Other(keeper))}."
                : !other.IsKnown ? $"The {Word(keeper)} votes with the staked identity, and what the {Word(Other(keeper))} runs, from which it was taken, is not known."
                : $"The {Word(keeper)} votes with the staked identity, and the {Word(Other(keeper))} does not run it.",
            IdentityAt = At(keeper),
            Keeper = keeper,
            KeeperVotes = true,
            OtherRunsStaked = other.RunsStaked,
            IsSettled = facts.On(keeper).Link == IdentityRole.Staked
                && other is { IsKnown: true, RunsStaked: false, Link: IdentityRole.Unstaked, HasTower: false, MayTakeIdentity: false },
        };
    }

    private static PairVerdict NobodyVotes(PairFacts facts)
    {
        var state = facts is { Source.RunsStaked: true, Target.RunsStaked: true } ? PairState.TwoIdentities : PairState.NobodyVotes;
        var (holder, reason) = facts.Newest switch
        {
            NewestTower.Source => (NodeSide.Source, "the source has the newest tower"),
            NewestTower.Target => (NodeSide.Target, "the target has the newest tower"),
            NewestTower.Both => (OfEquals(facts), "both have the same tower"),
            NewestTower.None => ((NodeSide?)null, "no node has a tower that holds what the chain has"),
            NewestTower.Contradictory => (null, "the towers of the two contradict each other, or one cannot be used"),
            _ => (null, "which tower is the newest could not be found out"),
        };
        var said = $"Neither node votes with the staked identity, and {reason}";
        if (holder is not { } keeper)
        {
            return Nobodys(state, IdentityLocation.Nobody, $"{said}.", mayChange: facts.Newest == NewestTower.Unknown);
        }

        if (facts.On(keeper).IsDown)
        {
            return Nobodys(state, IdentityLocation.Nobody, $"{said}, but its validator does not run.", mayChange: true);
        }

        // A validator that is just being started may have read the link already, however it is pointed now.
        return facts.OtherThan(keeper) is { IsDown: true, Link: not IdentityRole.Unstaked }
            ? Nobodys(state, IdentityLocation.Nobody, $"{said}; the validator of the {Word(Other(keeper))} does not run, and its link could bring it back with the staked identity.", mayChange: true)
            : new PairVerdict { State = state, Reason = $"{said}.", IdentityAt = IdentityLocation.Nobody, Keeper = keeper, OtherRunsStaked = facts.OtherThan(keeper).RunsStaked };
    }

    // Undone rather than finished; but the one that runs it already is spared a change, and one that does not run cannot have it.
    private static NodeSide OfEquals(PairFacts facts) =>
        facts.Source.IsDown ? NodeSide.Target
        : facts is { Target.RunsStaked: true, Source.RunsStaked: false } ? NodeSide.Target
        : NodeSide.Source;

    private static PairVerdict NotKnown(PairFacts facts, NodeSide side)
    {
        var other = facts.OtherThan(side);
        var what = facts.On(side).Condition == NodeCondition.Starting
            ? $"The validator of the {Word(side)} has not finished its start"
            : $"It could not be found out what the {Word(side)} runs";
        return Nobodys(
            PairState.CannotBeKnown,
            other.Votes == true ? At(Other(side)) : IdentityLocation.Unknown,
            other.Votes == true ? $"{what}; the {Word(Other(side))} votes with the staked identity." : $"{what}.",
            mayChange: true);
    }

    private static PairVerdict NotWatched(PairFacts facts, NodeSide side) => Nobodys(
        PairState.CannotBeKnown,
        facts.OtherThan(side).Votes == false ? At(side) : IdentityLocation.Unknown,
        $"The {Word(side)} runs the staked identity, and it could not be seen whether it votes.",
        mayChange: true);

    private static PairVerdict Nobodys(PairState state, IdentityLocation at, string reason, bool mayChange = false) =>
        new() { State = state, IdentityAt = at, Reason = reason, MayChange = mayChange };

    private static NodeSide Other(NodeSide side) => side == NodeSide.Source ? NodeSide.Target : NodeSide.Source;

    private static IdentityLocation At(NodeSide side) => side == NodeSide.Source ? IdentityLocation.Source : IdentityLocation.Target;

    private static string Word(NodeSide side) => side == NodeSide.Source ? "source" : "target";
}
