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

    /// <summary>What it was made of.</summary>
    public PairFacts Facts { get; private init; } = new();

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
            ? new PairVerdict { State = seen.State, IdentityAt = seen.IdentityAt, Reason = $"{seen.Reason} But {refusal}.", Refusal = refusal, Facts = facts }
            : seen with { Facts = facts };
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
            (true, true) => Nobodys(PairState.TwoIdentities, IdentityLocation.Unknown, "Both nodes vote with the staked identity. A person must say which of them is to stop, and at once."),
            (true, false) => VotesOn(facts, NodeSide.Source),
            (false, true) => VotesOn(facts, NodeSide.Target),
            (false, false) => NobodyVotes(facts),
        };

    private static PairVerdict VotesOn(PairFacts facts, NodeSide keeper)
    {
        var other = facts.OtherThan(keeper);
        var (voter, silent) = (Word(facts, keeper), Word(facts, Other(keeper)));
        return new PairVerdict
        {
            State = other.RunsStaked ? PairState.TwoIdentities : keeper == NodeSide.Source ? PairState.ActiveOnSource : PairState.ActiveOnTarget,
            Reason = Sentence(other.RunsStaked
                ? other.Votes == false ? $"both nodes run the staked identity, and only {voter} votes." : $"both nodes run the staked identity, and it was taken from {silent}."
                : !other.IsKnown ? $"{voter} votes with the staked identity, and what {silent} runs, from which it was taken, is not known{Because(other)}."
                : $"{voter} votes with the staked identity, and {silent} does not run it."),
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
        if (facts.Landed is { } slot)
        {
            return Nobodys(
                PairState.CannotBeKnown,
                IdentityLocation.Unknown,
                $"Neither node was seen to vote with the staked identity, and votes of it land, the newest for slot {slot}: another validator runs it, or the settings name another identity or ledger than the one that votes.",
                mayChange: true);
        }

        var state = facts is { Source.RunsStaked: true, Target.RunsStaked: true } ? PairState.TwoIdentities : PairState.NobodyVotes;
        var (holder, reason) = facts.Newest switch
        {
            NewestTower.Source => (NodeSide.Source, $"{Word(facts, NodeSide.Source)} has the newest tower"),
            NewestTower.Target => (NodeSide.Target, $"{Word(facts, NodeSide.Target)} has the newest tower"),
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
            ? Nobodys(
                state,
                IdentityLocation.Nobody,
                $"{said}; the validator of {Word(facts, Other(keeper))} does not run, and its link could bring it back with the staked identity.",
                mayChange: true)
            : new PairVerdict { State = state, Reason = $"{said}.", IdentityAt = IdentityLocation.Nobody, Keeper = keeper, OtherRunsStaked = facts.OtherThan(keeper).RunsStaked };
    }

    // Undone rather than finished; but the one that runs it already is spared a change, and one that does not run cannot have it.
    private static NodeSide OfEquals(PairFacts facts) =>
        facts.Source.IsDown ? NodeSide.Target
        : facts is { Target.RunsStaked: true, Source.RunsStaked: false } ? NodeSide.Target
        : NodeSide.Source;

    /// <summary>Somebody who is seen to vote is said first: that is the node to leave alone.</summary>
    private static PairVerdict NotKnown(PairFacts facts, NodeSide side)
    {
        var (node, name) = (facts.On(side), Word(facts, side));
        var isVotersOwn = facts.SeenVoting == side;
        var what = isVotersOwn && node.OtherIdentity is null ? $"{name} does not say what it runs{Because(node)}"
            : node.Condition == NodeCondition.Starting ? $"the validator of {name} has not finished its start{Because(node)}"
            : node.OtherIdentity is { } other ? $"{name} runs {other}, which is neither the staked identity nor its own unstaked one: the settings name another validator's ledger, or another identity"
            : $"it could not be found out what {name} runs{Because(node)}";
        return Nobodys(
            PairState.CannotBeKnown,
            facts.SeenVoting is { } voter ? At(voter) : IdentityLocation.Unknown,
            facts.SeenVoting is { } seen ? Sentence($"{Word(facts, seen)} votes with the staked identity{(isVotersOwn ? ", as its tower shows" : "")}: leave it alone. {Sentence(what)}.") : Sentence($"{what}."),

            // The settings do not change by waiting.
            mayChange: node.OtherIdentity is null);
    }

    private static PairVerdict NotWatched(PairFacts facts, NodeSide side) => Nobodys(
        PairState.CannotBeKnown,
        facts.OtherThan(side).Votes == false ? At(side) : IdentityLocation.Unknown,
        facts.SeenVoting is { } seen
            ? Sentence($"{Word(facts, seen)} votes with the staked identity: leave it alone. {Sentence(Word(facts, side))} runs it as well, and it could not be seen whether it votes.")
            : Sentence($"{Word(facts, side)} runs the staked identity, and it could not be seen whether it votes."),
        mayChange: true);

    private static PairVerdict Nobodys(PairState state, IdentityLocation at, string reason, bool mayChange = false) =>
        new() { State = state, IdentityAt = at, Reason = reason, MayChange = mayChange };

    private static NodeSide Other(NodeSide side) => side == NodeSide.Source ? NodeSide.Target : NodeSide.Source;

    private static IdentityLocation At(NodeSide side) => side == NodeSide.Source ? IdentityLocation.Source : IdentityLocation.Target;

    private static string Because(NodeFacts node) => node.Trouble is { } trouble ? $" ({trouble})" : "";

    private static string Word(PairFacts facts, NodeSide side) => facts.On(side).Name ?? (side == NodeSide.Source ? "the source" : "the target");

    // A node's name is written as it is.
    private static string Sentence(string words) =>
        words.StartsWith("the ", StringComparison.Ordinal) || words.StartsWith("both ", StringComparison.Ordinal) || words.StartsWith("it could ", StringComparison.Ordinal) ? $"{char.ToUpperInvariant(words[0])}{words[1..]}" : words;
}
