using System.Text;
using FluentAssertions;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runs;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Tests.Cli;
using Tachyon.Failover.Tests.Preflight;
using Tachyon.Failover.Tests.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Recovery;

/// <summary>Properties of all possible diagnoses: an operator acts at 3 in the morning on what they say.</summary>
public sealed class DiagnosisPropertyTests
{
    private const string Golden = "tests/Tachyon.Failover.Tests/Golden/diagnoses.txt";

    private static readonly Pubkey Third = ValidatorKeypair.Generate(1, "a third one").Pubkey;
    private static readonly ValidatorPair Pair = new PreflightScene().Pair;

    [Fact]
    public void FollowUps_OfEveryDiagnosis_GiveAVoteToTheKeeperAlone() =>
        All().AsParallel().Where(facts => Wrong(facts, PairVerdict.Of(facts)) is not null).Take(3).Select(facts => $"{facts}: {Wrong(facts, PairVerdict.Of(facts))}").Should().BeEmpty();

    [Fact]
    public void Reason_OfEveryDiagnosis_SaysNothingThatIsNotInTheFacts() =>
        All().AsParallel().Where(facts => Untrue(facts, PairVerdict.Of(facts)) is not null).Take(3).Select(facts => $"{facts}: {Untrue(facts, PairVerdict.Of(facts))}").Should().BeEmpty();

    /// <summary>Each kind of diagnosis, as the operator reads it.</summary>
    [Fact]
    public void Diagnosis_OfEachKind_ReadsAsItIsKept()
    {
        var text = new StringBuilder();
        // The additional text for a misread node is the same for all.
        foreach (var kind in All().Where(static facts => facts is { Target.Refusal: null } and ({ Source.Refusal: null } or { Source.RunsStaked: true, Source.Votes: true, Target.Identity: IdentityRole.Unstaked, Target.Condition: NodeCondition.Running })).Select(facts => (Verdict: PairVerdict.Of(facts), Facts: facts)).GroupBy(one => (one.Verdict.State, one.Verdict.Reason)).OrderBy(kind => kind.Key.State).ThenBy(kind => kind.Key.Reason, StringComparer.Ordinal))
        {
            // Of one kind, the one with the most to do.
            var (verdict, facts) = kind.MaxBy(one => RecoveryTasks.Of(one.Verdict, one.Facts, Pair.Names()).Count);
            text.Append($"{verdict.State}: {verdict.Reason}\n  {verdict.Action}, identity at {verdict.IdentityAt}\n");
            foreach (var todo in RecoveryTasks.Of(verdict, facts, Pair.Names()).On(Pair))
            {
                text.Append($"  by hand {todo}\n");
            }
        }

        Recording.ShouldHold(Golden, text.ToString(), exact: true);
    }

    private static string? Wrong(PairFacts facts, PairVerdict verdict)
    {
        var keeper = verdict.Keeper is { } side ? Pair.On(side).Name : null;
        var todo = RecoveryTasks.Of(verdict, facts, Pair.Names()).On(Pair).ToList();
        return todo.FirstOrDefault(one => Gives(one) && one.Node != keeper) is { } gives ? $"{gives} gives a vote to a node that is not the keeper"
            : keeper is null && facts.SeenVoting is not null && todo.FirstOrDefault(one => !Probes(one)) is { } changes ? $"{changes} changes something while one node is seen voting and no node is the keeper"
            : verdict.Refusal is not null && todo.Count > 0 ? "the files are not what the settings say, and a command names one"
            : null;
    }

    private static bool Gives(OperatorAction todo) => todo.Command is "command AddAuthorizedVoters" or "command TakeStakedIdentity" || todo.Command?.EndsWith("to Staked", StringComparison.Ordinal) == true;

    private static bool Probes(OperatorAction todo) => todo.Command is null or "command ShowContactInfo";

    private static string? Untrue(PairFacts facts, PairVerdict verdict)
    {
        foreach (var (side, name) in ((NodeSide, string)[])[(NodeSide.Source, "a"), (NodeSide.Target, "b")])
        {
            var node = facts.On(side);
            var untrue = Says($"{name} votes with") && node.Votes != true ? "votes"
                : Says($"only {name} votes") && !(node.Votes == true && facts.OtherThan(side).Votes == false) ? "only one votes"
                : Says($"and {name} does not run it") && !(node.IsKnown && !node.RunsStaked) ? "does not run it"
                : Says($"{name} runs the staked identity, and it is unknown") && !(node.RunsStaked && node.Votes is null) ? "runs it, not watched"
                : Says($"{name} has the newest tower") && facts.Newest != (side == NodeSide.Source ? NewestTower.Source : NewestTower.Target) ? "newest tower"
                : Says($"validator of {name} does not run") && !node.IsDown ? "does not run"
                : Says($"validator of {name} has not finished its start") && node.Condition != NodeCondition.Starting ? "starting"
                : Says($"what {name} runs (") && node.Trouble is null ? "trouble"
                : Says($"{name} runs {Third}") && node.OtherIdentity is null ? "third identity"
                : null;
            if (untrue is not null)
            {
                return $"{verdict.Reason} ({untrue}, {name})";
            }
        }

        return Says("Neither node votes") && facts is not { Source.Votes: false, Target.Votes: false, Landed: null } ? $"{verdict.Reason} (no node votes)"
            : Says("Both nodes run") && facts is not { Source.RunsStaked: true, Target.RunsStaked: true } ? $"{verdict.Reason} (both run)"
            : Says("Both nodes vote") && facts is not { Source.Votes: true, Target.Votes: true } ? $"{verdict.Reason} (both vote)"
            : Says("votes of it land") && facts.Landed is null ? $"{verdict.Reason} (landed)"
            : null;

        bool Says(string words) => verdict.Reason.Contains(words, StringComparison.Ordinal);
    }

    /// <summary>Every value of every fact that appears in a sentence or a command.</summary>
    private static IEnumerable<PairFacts> All() =>
        from source in Nodes("a")
        from target in Nodes("b")
        from newest in Observations.Towers
        from landed in (ulong?[])[null, 4711]
        select new PairFacts { Source = source, Target = target, Newest = newest, Landed = landed };

    private static IEnumerable<NodeFacts> Nodes(string name) =>
        from node in Observations.Nodes
        where node is { MayTakeIdentity: false, HasTower: true }
        from refusal in (string?[])[null, $"on {name}, the names are swapped"]
        let isStranger = node is { Condition: NodeCondition.Running, Identity: null }
        where refusal is null || node.Link == IdentityRole.Staked
        select node with
        {
            Name = name,
            Refusal = refusal,
            OtherIdentity = isStranger ? Third : null,
            Trouble = node.Condition != NodeCondition.Running ? "not done (Unreachable): the key was rejected" : null,
        };
}
