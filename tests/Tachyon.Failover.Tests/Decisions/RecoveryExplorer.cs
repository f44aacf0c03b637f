using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>
/// Loses the coordinator in every given truth, lets either node restart, and explores every path of a recovery with a number of
/// mishaps, by looks at the truth alone. After an interrupted recovery, another one begins.
/// </summary>
internal sealed class RecoveryExplorer(int mishaps, bool hasJournal)
{
    private const string VeryLate = "the promotion comes very late";
    private static readonly string[] AnswerNames = Enum.GetNames<Answer>();
    private static readonly Answer[] Answers = Enum.GetValues<Answer>();

    private readonly Queue<(PairWorld World, bool PromotionIsOpen, Way Way)> _open = [];
    private readonly HashSet<(PairWorld World, bool PromotionIsOpen)> _known = [];
    private readonly HashSet<(PairWorld World, bool PromotionIsOpen, bool PromotionCameVeryLate)> _begun = [];

    private enum Answer
    {
        Done,
        Refused,
        DoneButLost,
        NotDoneAndLost,
    }

    public int Interruptions => _known.Count;

    public Dictionary<(FailoverOutcome Outcome, IdentityLocation At), int> Ends { get; } = [];

    public List<string> Broken { get; } = [];

    /// <summary>Recovers worlds that no switchover leaves, but an operator or a restart may: two identities, wrong links.</summary>
    public void ExploreStrange()
    {
        foreach (var world in PairWorld.Strange())
        {
            Enqueue(world, isOpen: false, Way.Start);
        }

        Drain();
    }

    public void Explore(IEnumerable<(PairWorld World, bool PromotionIsOpen)> interruptions)
    {
        foreach (var (world, isOpen) in interruptions)
        {
            Interrupt(world, isOpen, Way.Start);
        }

        Drain();
    }

    private void Drain()
    {
        while (_open.TryDequeue(out var next) && Broken.Count == 0)
        {
            Go(RunState.StartOfRecovery, next.World, next.PromotionIsOpen, mishaps, next.Way);
        }
    }

    private void Interrupt(PairWorld world, bool isOpen, Way path)
    {
        isOpen &= hasJournal;
        if (!_known.Add((world, isOpen)))
        {
            return;
        }

        // A call under way arrives, or does not, before the locks are held for two seconds.
        Begin(world, isOpen, path);
        foreach (var node in Enum.GetValues<NodeSide>())
        {
            Begin(world.WithRestart(node), isOpen, path.Add(node == NodeSide.Source ? "the source restarts" : "the target restarts"));
        }
    }

    private void Begin(PairWorld world, bool isOpen, Way path)
    {
        if (world.PromotionMayComeLate)
        {
            Enqueue(world.WithLatePromotion().Settled(), isOpen, path.Add("the promotion comes late"));
        }

        if (world.FenceMayComeLate)
        {
            Enqueue(world.WithLateFence().Settled(), isOpen, path.Add("the fence comes late"));
        }

        Enqueue(world.Settled(), isOpen, path);
    }

    private void Enqueue(PairWorld world, bool isOpen, Way path)
    {
        var told = path.Add(isOpen ? "recovery, promotion open, of " : "recovery, no promotion open, of ", world);
        Check(NewlyBroken(world, before: world), told);

        // What follows depends on nothing else. Many interruptions lead to one truth.
        if (_begun.Add((world, isOpen, path.Contains(VeryLate))))
        {
            _open.Enqueue((world, isOpen, told));
        }
    }

    private void Go(RunState state, PairWorld world, bool isOpen, int left, Way path)
    {
        if (Broken.Count > 0 || path.Count > 60)
        {
            Check(path.Count <= 60 ? null : "the way has no end", path);
            return;
        }

        // A validator that hung takes the identity after all, at the worst moment: before it was ruled out.
        if (left > 0 && world is { PromotionMayComeAtAnyTime: true, TowerOnTarget: true, SourceIdentity: IdentityRole.Unstaked, SourceLink: IdentityRole.Unstaked } && !IsRuledOut(state))
        {
            var came = world.WithLatePromotion() with { PromotionMayComeAtAnyTime = false };
            Go(state, came, isOpen, left - 1, path.Add(VeryLate));
        }

        var move = SwitchoverProtocol.Next(state);
        if (move.End is { } outcome)
        {
            End(state, world, isOpen, left, outcome, path);
            return;
        }

        Take(state, world, isOpen, left, move.Leg.Single(), path);
        if (left < mishaps && !state.OutOfTime && state.Tried.Contains(FailoverStep.TakeLocks))
        {
            Go(state with { OutOfTime = true }, world, isOpen, left, path.Add("time is up"));
        }
    }

    // After that it is sealed. What its link and the other node will get matters only at a restart.
    private static bool IsRuledOut(RunState state) => state is { Keeper: NodeSide.Source, TargetVoters: false, TargetDemoted: true };

    /// <summary>The new broken invariants; in a world that was never right, only a second voter.</summary>
    private static string? NewlyBroken(PairWorld world, PairWorld before) =>
        world is { SourceVotes: true, TargetVotes: true } ? "two nodes vote"
        : world is { SourceVotes: true, TargetHasVoted: true } && before is not { SourceVotes: true, TargetHasVoted: true } ? "the source votes again, and its tower lacks what the target voted for"
        : before.Broken() is null ? world.Broken()
        : null;

    private void Take(RunState state, PairWorld world, bool isOpen, int left, FailoverStep step, Way path)
    {
        // A look cannot show a missing vote.
        var isSeen = step != FailoverStep.SeeKeeperVote || (state.IsTurned ? world.TargetVotes : world.SourceVotes);
        foreach (var answer in !isSeen ? [Answer.Refused] : left == 0 ? [Answer.Done] : step == FailoverStep.SeeKeeperVote ? [Answer.Done, Answer.Refused] : Answers)
        {
            var after = answer is Answer.Refused or Answer.NotDoneAndLost ? world
                : state.IsTurned ? world.AfterTurned(step)
                : world.After(step);
            var walked = path.Add(step, AnswerNames[(int)answer]);
            Check(NewlyBroken(after, world), walked);
            if (after != world && world.Broken() is null)
            {
                Interrupt(after, isOpen, walked);
            }

            Go(state.After(Observe(state, step, answer, after, isOpen)), after, isOpen, left - (answer == Answer.Done ? 0 : 1), walked);
        }
    }

    private static StepObservation Observe(RunState state, FailoverStep step, Answer answer, PairWorld world, bool isOpen)
    {
        var result = answer switch
        {
            Answer.Done => CallResult.Done(),
            Answer.Refused => CallResult.NotDone(CallFailure.Unrecognized),
            _ => CallResult.Unknown(CallFailure.ConnectionLost),
        };
        var (source, target) = state.IsTurned ? (world.TargetIdentity, world.SourceIdentity) : (world.SourceIdentity, world.TargetIdentity);
        IdentityRole? seen = (step, answer) switch
        {
            (FailoverStep.ProbeOther, Answer.Done) => target,
            (FailoverStep.ProbeKeeper or FailoverStep.SeeKeeperVote, Answer.Done) => source,
            _ => null,
        };
        return new StepObservation(step, result, seen, step == FailoverStep.Diagnose && answer == Answer.Done ? Probe(world, isOpen) : null);
    }

    private static PairFacts Probe(PairWorld world, bool isOpen) => new()
    {
        Source = new NodeFacts
        {
            Condition = NodeCondition.Running,
            Identity = world.SourceIdentity,
            Link = world.SourceLink,
            SavesTowers = world.SourceVotes,
            HasTower = world.TowerOnSource,
        },
        Target = new NodeFacts
        {
            Condition = NodeCondition.Running,
            Identity = world.TargetIdentity,
            Link = world.TargetLink,
            SavesTowers = world.TargetVotes,
            HasTower = world.TowerOnTarget,
            MayTakeIdentity = isOpen,
        },
        Newest = world.TargetHasVoted || !world.TowerOnSource ? NewestTower.Target
            : world is { TowerOnTarget: true, TowerOnTargetIsOld: false } ? NewestTower.Both
            : NewestTower.Source,
    };

    private void End(RunState state, PairWorld world, bool isOpen, int left, FailoverOutcome outcome, Way path)
    {
        var end = (outcome, state.Location);
        Ends[end] = Ends.GetValueOrDefault(end) + 1;
        var isGood = outcome is FailoverOutcome.Completed or FailoverOutcome.RolledBack;
        var told = path.Add("", (outcome, state.Location));
        Check(
            left == mishaps && !isGood ? "nothing went wrong, and it is not recovered"
            : isGood && world.SourceVotes == world.TargetVotes ? "it says recovered, and not exactly one votes"
            : isGood && (world.SourceVotes ? world.SourceLink : world.TargetLink) != IdentityRole.Staked ? "the voter's link does not bring it back"
            : left == mishaps && isGood && world is { TargetVotes: true, SourceVoters: false } ? "the source does not have its voters back"
            : left == mishaps && isGood && world is { TowerOnSource: true, TowerOnTarget: true } ? "a tower lies on both"
            : isGood && world.Broken() is { } still ? still
            : state.Location == IdentityLocation.Source && !world.SourceVotes ? "it says that the source votes"
            : state.Location == IdentityLocation.Target && !world.TargetVotes ? "it says that the target votes"
            : state.Location == IdentityLocation.Neither && (world.SourceVotes || world.TargetVotes) && !path.Contains(VeryLate) ? "it says that nobody votes"
            : null,
            told);
        if (left == mishaps && isGood)
        {
            CheckAgain(world, told);
        }
    }

    /// <summary>A second recovery finds nothing to change.</summary>
    private void CheckAgain(PairWorld world, Way path)
    {
        var state = RunState.StartOfRecovery;
        while (SwitchoverProtocol.Next(state) is { End: null } move)
        {
            var step = move.Leg.Single();
            var after = state.IsTurned ? world.AfterTurned(step) : world.After(step);
            Check(after == world ? null : $"a second recovery changes something: {step}", path);
            state = state.After(Observe(state, step, Answer.Done, world, isOpen: false));
        }

        Check(state.Verdict is { IsSettled: true } ? null : "a second recovery finds it not settled", path);
    }

    private void Check(string? broken, Way path)
    {
        if (broken is not null && Broken.Count < 5)
        {
            Broken.Add($"{broken}:\n  {path}");
        }
    }
}
