using FluentAssertions;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Runs;
using Tachyon.Failover.Tests.Journal;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>
/// The test of kind 4: three nodes, and takeovers, settlements, renames, interrupted and refused runs in any order, written as runs write them. The debts that the journal then reports are those of a simple
/// model: a set for each node.
/// </summary>
public sealed class JournalModelTests
{
    private const int Stories = 100;
    private const int Chapters = 14;

    private static readonly FailoverOutcome?[] Ends = [FailoverOutcome.Completed, FailoverOutcome.Completed, FailoverOutcome.Refused, FailoverOutcome.RolledBack, FailoverOutcome.Indeterminate, null];

    /// <summary>Every node was seen, and each name belongs to one node only: the debts are exactly those of the model.</summary>
    [Fact]
    public void Kind4_EveryNodeWasSeenAndNoNameIsGivenTwice_OwedIsWhatTheModelSays() => Play((seed, story, owed, saidToBeOwed) => saidToBeOwed.Should().Equal(owed, "seed {0}: {1}", seed, story), allAreSeen: true, namesAreFresh: true);

    /// <summary>Lost nodes were not seen, and names move from node to node: no debt is forgotten. In doubt a node owes more than it must; one settlement ends that.</summary>
    [Fact]
    public void Kind4_LostNodesWereNotSeenAndNamesAreExchanged_NoDebtIsForgotten() => Play((seed, story, owed, saidToBeOwed) => owed.Except(saidToBeOwed).Should().BeEmpty("seed {0}: {1}", seed, story), allAreSeen: false, namesAreFresh: false);

    /// <summary>No decision depends on the text for the operator.</summary>
    [Fact]
    public async Task Kind4_TheWordsForTheOperatorAreOthers_TheSameIsOwed()
    {
        var (random, debts) = (new Random(1), 0);
        for (var seed = 0; seed < Stories / 10; seed++)
        {
            var world = new World(new Random(seed), allAreSeen: false, namesAreFresh: false);
            for (var chapter = 0; chapter < Chapters; chapter++)
            {
                world.GoOn();
            }

            var owed = world.SaidToBeOwed(0, 1);
            (await world.SaidInOtherWordsToBeOwedAsync(0, 1, random)).Should().Equal(owed, "seed {0}: {1}", seed, world.Story);
            debts += owed.Count;
        }

        debts.Should().BePositive("stories without debts show nothing");
    }

    private static void Play(Action<int, string, IReadOnlyList<int>, IReadOnlyList<int>> compare, bool allAreSeen, bool namesAreFresh)
    {
        var debts = 0;
        for (var seed = 0; seed < Stories; seed++)
        {
            var world = new World(new Random(seed), allAreSeen, namesAreFresh);
            for (var chapter = 0; chapter < Chapters; chapter++)
            {
                world.GoOn();
                debts += world.Owed.Count;
                foreach (var (one, other) in ((int, int)[])[(0, 1), (1, 2), (2, 0), (1, 0)])
                {
                    compare(seed, world.Story, [.. world.Owed.Where(node => node == one || node == other)], world.SaidToBeOwed(one, other));
                }
            }
        }

        debts.Should().BeGreaterThan(Stories, "stories without debts show nothing");
    }

    private sealed class World(Random random, bool allAreSeen, bool namesAreFresh)
    {
        private readonly JournalScene _scene = new();
        private readonly string[] _names = ["a", "b", "c"];
        private readonly HashSet<RunId>[] _debts = [[], [], []];
        private readonly List<string> _story = [];
        private int _named;

        public string Story => string.Join("; ", _story);

        public IReadOnlyList<int> Owed => [.. Enumerable.Range(0, 3).Where(node => _debts[node].Count > 0)];

        public void GoOn()
        {
            var source = random.Next(3);
            var target = (source + random.Next(1, 3)) % 3;
            switch (random.Next(6))
            {
                case 0 or 1:
                    TakeOver(source, target, Ends[random.Next(Ends.Length)]);
                    break;
                case 2:
                    Settle(source, target);
                    break;
                case 3:
                    Rename(source, target);
                    break;
                default:
                    Switch(source, target, Ends[random.Next(Ends.Length)]);
                    break;
            }
        }

        public List<int> SaidToBeOwed(int one, int other) => SaidToBeOwed(_scene, one, other);

        public async Task<List<int>> SaidInOtherWordsToBeOwedAsync(int one, int other, Random words) => SaidToBeOwed(await _scene.WithOtherWordsAsync(words), one, other);

        private List<int> SaidToBeOwed(JournalScene scene, int one, int other)
        {
            var pair = scene.Pair(_names[one], _names[other]);
            var look = scene.Read(pair, JournalScene.KeyOf(one), JournalScene.KeyOf(other));
            return [.. new[] { (Node: one, Part: pair.Source), (Node: other, Part: pair.Target) }.Where(node => look.DemotionPendingBy(node.Part) is not null).Select(node => node.Node).Order()];
        }

        private void TakeOver(int source, int target, FailoverOutcome? end)
        {
            var isPromoted = Promote(source, target, end, RunKind.Takeover, out var run);
            _debts[source].Add(run.RunId);
            if (isPromoted)
            {
                _debts[target].Clear();
            }

            if (end == FailoverOutcome.Completed && random.Next(3) == 0)
            {
                run.DemotionCompleted(NodeSide.Source);
                _debts[source].Clear();
                _story.Add("settled at once");
            }

            End(run, end);
            if (end is FailoverOutcome.Refused or FailoverOutcome.RolledBack)
            {
                _debts[source].Remove(run.RunId);
            }
        }

        private void Switch(int source, int target, FailoverOutcome? end)
        {
            if (Promote(source, target, end, RunKind.Switchover, out var run))
            {
                _debts[target].Clear();
            }

            End(run, end);
        }

        private bool Promote(int source, int target, FailoverOutcome? end, RunKind kind, out RunJournal run)
        {
            _story.Add($"{kind} {_names[source]}({source}) to {_names[target]}({target}): {end?.ToString() ?? "interrupted"}");
            run = _scene.Write(_scene.Pair(_names[source], _names[target]), Seen(source, isLost: kind == RunKind.Takeover), Seen(target, isLost: false));
            run.Begin(kind);
            var isIntended = kind == RunKind.Takeover || end != FailoverOutcome.Refused;
            Wait(run.IntendAsync(isIntended ? [FailoverStep.PromoteTarget] : []));
            var answer = end switch
            {
                FailoverOutcome.Completed => CallResult.Done(),
                FailoverOutcome.Refused or FailoverOutcome.RolledBack => CallResult.NotDone(CallFailure.Refused),
                FailoverOutcome.Indeterminate => CallResult.Unknown(CallFailure.TimedOut),
                _ => null,
            };
            if (isIntended && answer is not null)
            {
                run.Came(new StepObservation(FailoverStep.PromoteTarget, answer));
                Wait(run.IntendAsync([]));
            }

            return end == FailoverOutcome.Completed;
        }

        private void Settle(int debtor, int keeper)
        {
            _story.Add($"settle {_names[debtor]}({debtor}), {_names[keeper]}({keeper}) keeps it");
            var run = _scene.Write(_scene.Pair(_names[keeper], _names[debtor]), JournalScene.KeyOf(keeper), JournalScene.KeyOf(debtor));
            run.Begin(RunKind.Recovery);
            run.DemotionCompleted(NodeSide.Target);
            End(run, FailoverOutcome.RolledBack);
            _debts[debtor].Clear();
        }

        private void Rename(int one, int other)
        {
            if (namesAreFresh)
            {
                _names[one] = $"n{++_named}";
            }
            else
            {
                (_names[one], _names[other]) = (_names[other], _names[one]);
            }

            _story.Add($"renamed: {string.Join(' ', _names)}");
        }

        private Pubkey? Seen(int node, bool isLost) => isLost && !allAreSeen && random.Next(2) == 0 ? null : JournalScene.KeyOf(node);

        private static void End(RunJournal run, FailoverOutcome? end)
        {
            if (end is { } outcome)
            {
                Wait(run.EndAsync(outcome, IdentityLocation.Target));
            }
        }

        private static void Wait(Task<Exception?> written) => written.GetAwaiter().GetResult().Should().BeNull();
    }
}
