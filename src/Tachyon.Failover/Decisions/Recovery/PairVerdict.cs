namespace Tachyon.Failover.Decisions;

/// <summary>Decides from the facts which node votes, and which node keeps the staked identity.</summary>
/// <remarks>
/// The rule: the node that votes keeps the identity. If no node votes, the newest tower decides: a vote without it would break a lockout.
/// If a fact that matters is unknown, no node is given the identity.
/// </remarks>
internal sealed record PairVerdict
{
    private PairVerdict()
    {
    }

    public required PairState State { get; init; }

    public required string Reason { get; init; }

    /// <summary>The keeper; null if it is unknown.</summary>
    public NodeSide? Keeper { get; private init; }

    /// <summary>Whether that node was seen to vote.</summary>
    public bool KeeperVotes { get; private init; }

    /// <summary>The facts of the verdict.</summary>
    public PairFacts Facts { get; private init; } = new();

    /// <summary>Whether the other node runs the staked identity as well.</summary>
    public bool OtherRunsStaked { get; private init; }

    /// <summary>Whether the pair is in order, so that there is nothing to change.</summary>
    public bool IsSettled { get; private init; }

    /// <summary>Whether a later look may show more. Then there is no keeper yet.</summary>
    public bool MayChange { get; private init; }

    /// <summary>Where the identity is: on the node that was seen to vote.</summary>
    public required IdentityLocation IdentityAt { get; init; }

    public RecoveryAction Action =>
        IsSettled ? RecoveryAction.NothingToDo
        : Keeper switch
        {
            NodeSide.Source => RecoveryAction.KeepAtSource,
            NodeSide.Target => RecoveryAction.KeepAtTarget,
            _ => RecoveryAction.AskOperator,
        };

    /// <summary>Why nothing may be changed, because a node differs from the settings; null if neither does. Then there is no keeper.</summary>
    public string? Refusal { get; private init; }

    public static PairVerdict Of(PairFacts facts)
    {
        var seen = facts.Client is { HasTowers: false } ? SeenWithoutTowers(facts) : Seen(facts);
        return (facts.Client?.Seen ?? facts.Source.Refusal ?? facts.Target.Refusal) is { } refusal
            ? new PairVerdict { State = seen.State, IdentityAt = seen.IdentityAt, Reason = $"{seen.Reason} But {refusal}.", Refusal = refusal, Facts = facts }
            : seen with { Facts = facts };
    }

    private static PairVerdict Seen(PairFacts facts) =>

        facts.AreOne ? Nobodys(PairState.Unknown, IdentityLocation.Unknown, "Source and target are one node: both have the same unstaked identity. Correct the settings of the one that is meant to be another.")
        : facts is { Source.WentElsewhere: true, Target.WentElsewhere: true }
            ? Nobodys(PairState.Unknown, IdentityLocation.Unknown, "The newest takeover gave the identity to a third node, and both of these have a pending demotion. Complete the demotion of each, as the source of a pair whose target is that node.")

        // After a takeover the lost node must be demoted in any state, even if it votes or its state is unknown. If both are lost nodes, the newest takeover counts.
        : facts is { Source: { HasPendingDemotion: true } lost, Target: { WentElsewhere: false, RunsStaked: true, Votes: true } } && lost.Votes != false ? VotesOn(facts, NodeSide.Target)
        : facts is { Target: { HasPendingDemotion: true } other, Source: { WentElsewhere: false, RunsStaked: true, Votes: true } } && other.Votes != false ? VotesOn(facts, NodeSide.Source)
        : !facts.Source.IsKnown ? NotKnown(facts, NodeSide.Source)
        : !facts.Target.IsKnown ? NotKnown(facts, NodeSide.Target)
        : (facts.Source.Votes, facts.Target.Votes) switch
        {
            (null, _) => NotWatched(facts, NodeSide.Source),
            (_, null) => NotWatched(facts, NodeSide.Target),
            (true, true) => Nobodys(PairState.TwoActive, IdentityLocation.Unknown, "Both nodes vote with the staked identity. An operator must choose at once which of them is to stop."),
            (true, false) => VotesOn(facts, NodeSide.Source),
            (false, true) => VotesOn(facts, NodeSide.Target),
            (false, false) => NeitherVotes(facts),
        };

    /// <summary>Where no tower shows a vote, the identities of the nodes and the votes that land say what is so.</summary>
    private static PairVerdict SeenWithoutTowers(PairFacts facts)
    {
        var landing = facts.Landed is { } slot ? $"votes of it land, the newest for slot {slot}" : "no vote of it was seen to land";
        return (facts.Source.RunsStaked, facts.Target.RunsStaked) switch
        {
            (true, true) => Nobodys(PairState.TwoActive, IdentityLocation.Unknown, $"Both nodes run the staked identity, and {landing}."),
            (true, false) => RunsOn(NodeSide.Source),
            (false, true) => RunsOn(NodeSide.Target),
            _ when !facts.Source.IsKnown => NotKnown(facts, NodeSide.Source),
            _ when !facts.Target.IsKnown => NotKnown(facts, NodeSide.Target),
            _ => Nobodys(facts.Landed is null ? PairState.NeitherVotes : PairState.Unknown, facts.Landed is null ? IdentityLocation.Neither : IdentityLocation.Unknown, $"Neither node runs the staked identity, and {landing}."),
        };

        PairVerdict RunsOn(NodeSide side)
        {
            var other = facts.OtherThan(side);
            return Nobodys(
                facts.Landed is null || !other.IsKnown ? PairState.Unknown : side == NodeSide.Source ? PairState.ActiveOnSource : PairState.ActiveOnTarget,
                At(side),
                Sentence($"{Word(facts, side)} runs the staked identity, {Word(facts, side.Other())} {(other.IsKnown ? "does not" : "does not say what it runs")}, and {landing}."));
        }
    }

    private static PairVerdict VotesOn(PairFacts facts, NodeSide keeper)
    {
        var other = facts.OtherThan(keeper);
        var (voter, silent) = (Word(facts, keeper), Word(facts, keeper.Other()));
        return new PairVerdict
        {
            State = other.RunsStaked ? PairState.TwoActive : keeper == NodeSide.Source ? PairState.ActiveOnSource : PairState.ActiveOnTarget,
            Reason = Sentence(other.RunsStaked
                ? other.Votes == false ? $"both nodes run the staked identity, and only {voter} votes." : $"both nodes run the staked identity, and a takeover took it from {silent}."
                : !other.IsKnown ? $"{voter} votes with the staked identity, and it is unknown what {silent} runs, from which a takeover took it{Because(other)}."
                : $"{voter} votes with the staked identity, and {silent} does not run it."),
            IdentityAt = At(keeper),
            Keeper = keeper,
            KeeperVotes = true,
            OtherRunsStaked = other.RunsStaked,
            IsSettled = facts.On(keeper).Link == IdentityRole.Staked
                && other is { IsKnown: true, RunsStaked: false, Link: IdentityRole.Unstaked, HasTower: false, MayTakeIdentity: false },
        };
    }

    private static PairVerdict NeitherVotes(PairFacts facts)
    {
        if (facts.Landed is { } slot)
        {
            return Nobodys(
                PairState.Unknown,
                IdentityLocation.Unknown,
                $"Neither node was seen to vote with the staked identity, but votes of it land, the newest for slot {slot}: another validator runs it, or the settings name another identity or ledger than the one that votes.",
                mayChange: true);
        }

        var state = facts is { Source.RunsStaked: true, Target.RunsStaked: true } ? PairState.TwoActive : PairState.NeitherVotes;
        var (holder, reason) = facts.Newest switch
        {
            NewestTower.Source => (NodeSide.Source, $"{Word(facts, NodeSide.Source)} has the newest tower"),
            NewestTower.Target => (NodeSide.Target, $"{Word(facts, NodeSide.Target)} has the newest tower"),
            NewestTower.Both => (OfEquals(facts), "both have the same tower"),
            NewestTower.None => ((NodeSide?)null, "no node has a tower that holds what the chain has"),
            NewestTower.Contradictory => (null, "the towers of the two contradict each other, or one cannot be used"),
            _ => (null, "it is unknown which tower is the newest"),
        };
        var said = $"Neither node votes with the staked identity, and {reason}";
        if (holder is not { } keeper)
        {
            return Nobodys(state, IdentityLocation.Neither, $"{said}.", mayChange: facts.Newest == NewestTower.Unknown);
        }

        if (facts.On(keeper).IsDown)
        {
            return Nobodys(state, IdentityLocation.Neither, $"{said}, but its validator does not run.", mayChange: true);
        }

        // A validator in its start may have read the link before it was moved.
        return facts.OtherThan(keeper) is { IsDown: true, Link: not IdentityRole.Unstaked }
            ? Nobodys(
                state,
                IdentityLocation.Neither,
                $"{said}; the validator of {Word(facts, keeper.Other())} does not run, and through its link it could start with the staked identity.",
                mayChange: true)
            : new PairVerdict { State = state, Reason = $"{said}.", IdentityAt = IdentityLocation.Neither, Keeper = keeper, OtherRunsStaked = facts.OtherThan(keeper).RunsStaked };
    }

    // Rolls back rather than forward. But a node that already runs the identity keeps it, and a stopped node cannot get it.
    private static NodeSide OfEquals(PairFacts facts) =>
        facts.Source.IsDown ? NodeSide.Target
        : facts is { Target.RunsStaked: true, Source.RunsStaked: false } ? NodeSide.Target
        : NodeSide.Source;

    /// <summary>A node that is seen to vote is named first: the operator must leave it alone.</summary>
    private static PairVerdict NotKnown(PairFacts facts, NodeSide side)
    {
        var (node, name) = (facts.On(side), Word(facts, side));
        var isVotersOwn = facts.SeenVoting == side;
        var what = isVotersOwn && node.OtherIdentity is null ? $"{name} does not say what it runs{Because(node)}"
            : node.Condition == NodeCondition.Starting ? $"the validator of {name} has not finished its start{Because(node)}"
            : node.OtherIdentity is { } other ? $"{name} runs {other}, which is neither the staked identity nor its own unstaked one: the settings name another validator's ledger, or another identity"
            : $"it is unknown what {name} runs{Because(node)}";
        return Nobodys(
            PairState.Unknown,
            facts.SeenVoting is { } voter ? At(voter) : IdentityLocation.Unknown,
            facts.SeenVoting is { } seen ? Sentence($"{Word(facts, seen)} votes with the staked identity{(isVotersOwn ? ", as its tower shows" : "")}: leave it alone. {Sentence(what)}.") : Sentence($"{what}."),

            // Waiting does not change the settings.
            mayChange: node.OtherIdentity is null);
    }

    private static PairVerdict NotWatched(PairFacts facts, NodeSide side) => Nobodys(
        PairState.Unknown,
        facts.OtherThan(side).Votes == false ? At(side) : IdentityLocation.Unknown,
        facts.SeenVoting is { } seen
            ? Sentence($"{Word(facts, seen)} votes with the staked identity: leave it alone. {Sentence(Word(facts, side))} runs it as well, and it is unknown whether it votes.")
            : Sentence($"{Word(facts, side)} runs the staked identity, and it is unknown whether it votes."),
        mayChange: true);

    private static PairVerdict Nobodys(PairState state, IdentityLocation at, string reason, bool mayChange = false) =>
        new() { State = state, IdentityAt = at, Reason = reason, MayChange = mayChange };


    private static IdentityLocation At(NodeSide side) => side == NodeSide.Source ? IdentityLocation.Source : IdentityLocation.Target;

    private static string Because(NodeFacts node) => node.Trouble is { } trouble ? $" ({trouble})" : "";

    private static string Word(PairFacts facts, NodeSide side) => facts.On(side).Name ?? (side == NodeSide.Source ? "the source" : "the target");

    // The name of a node is not capitalized.
    private static string Sentence(string words) =>
        words.StartsWith("the ", StringComparison.Ordinal) || words.StartsWith("both ", StringComparison.Ordinal) || words.StartsWith("it is ", StringComparison.Ordinal) ? $"{char.ToUpperInvariant(words[0])}{words[1..]}" : words;
}
