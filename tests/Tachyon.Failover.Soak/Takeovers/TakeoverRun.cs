using System.Globalization;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Runs;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Soak.Takeovers;

/// <summary>Plays a story with a takeover in a world of its own.</summary>
internal sealed class TakeoverRun : IDisposable
{
    private const int Tries = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(19);

    // Two seconds for silent ports, the delivery, and the promotion; and the limit of one call that is held up on its way. A validator that has just been started cannot be seen
    // before: it opens its ports and announces itself 1 to 5 s after its start.
    private static readonly TimeSpan LastProbeBeforePromotion = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Unseen = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HeldUp = TimeSpan.FromSeconds(6);
    private static readonly GuardTimings Guard = new();
    private static readonly DetectionRules Rules = new() { LostAfter = TimeSpan.FromSeconds(20) };

    private readonly TakeoverStory _story;
    private readonly bool _guardIsOff;
    private readonly SimulatedPair _pair;
    private readonly LossPlayer _losses;
    private readonly SeededRandom _random;
    private readonly WorldFaultPlayer _world;
    private readonly Aftermath _aftermath;
    private readonly InMemoryFailoverJournal _journal = new();
    private readonly List<string> _log = [];
    private readonly DateTimeOffset _start;
    private readonly List<SimulatedCoordinator> _programs = [];
    private readonly CancellationTokenSource _endOfWatch = new();
    private readonly CancellationTokenSource _end = new();
    private int _faults;
    private string _lastWords = "no node was asked";

    private TakeoverRun(TakeoverStory story, bool guardIsOff)
    {
        _story = story;
        _guardIsOff = guardIsOff;
        _pair = new SimulatedPair(story.Chain, story.World);
        _random = new SeededRandom(story.Seed, "takeover run");
        _losses = new LossPlayer(_pair, () => _programs);
        _world = new WorldFaultPlayer(_pair, _random) { CutSourceFromCluster = _losses.CutFromCluster };
        _aftermath = new Aftermath(_pair);
        _start = Events.Now;
        _pair.Judge.HasPendingDemotion = HasPendingDemotion;
        _pair.Judge.StartNotSeen = story.Policy is not (PolicyKind.Observed or PolicyKind.Guarded) ? TimeSpan.Zero
            : Unseen + LastProbeBeforePromotion + (story.OnCalls.Count + story.OnJournal.Count + story.InTheWorld.Count > 0 ? HeldUp : TimeSpan.Zero);
        if (story.PowerSwitch is { } state)
        {
            _pair.A.HasPowerSwitch = true;
            _pair.A.PowerSwitch = state;
        }
    }

    private EventQueue Events => _pair.Cluster.Events;

    /// <summary>Plays it.</summary>
    /// <param name="story">The story.</param>
    /// <param name="guardIsOff">Whether the guard of the policy does not run.</param>
    public static TakeoverOutcome Play(TakeoverStory story, bool guardIsOff = false)
    {
        using var run = new TakeoverRun(story, guardIsOff);
        return run.Play();
    }

    public void Dispose()
    {
        _endOfWatch.Dispose();
        _end.Dispose();
    }

    private TakeoverOutcome Play()
    {
        Log($"{_story.Policy}, tower {(_story.RebuildsFromChain ? "from the chain" : "kept")}, {(_story.HasWatch ? "a watch" : "no watch")}, {(_story.HasGuard && !_guardIsOff ? "a guard" : "no guard")}, power switch {_story.PowerSwitch?.ToString() ?? "none"}");
        if (_story.HasGuard && !_guardIsOff)
        {
            StartGuard();
        }

        var planned = new PlannedFaults(_random, _story.OnCalls, _story.OnRpc, _story.OnJournal);
        var looks = new FlakyProbes(planned, new SeededRandom(_story.Seed, "looks"), _story.FlakyProbes);
        var faults = new FaultsFromThen(looks);
        var first = Program("first", faults);
        planned.Owner = first;
        var pair = first.Pair(_pair.A);
        var watch = new ValidatorMonitor(pair, new MonitorOptions { Rules = Rules, KeepsTowerCopy = _story.HasWatch }, timeProvider: first.Time);
        if (_story.HasWatch)
        {
            InBackground(() => watch.RunAsync(cancellationToken: _endOfWatch.Token));
        }

        if (_story.TowerCopyEndsBefore is { } before)
        {
            Events.Schedule(Before - before, first.WireTo(_pair.A).Partition);
        }

        _pair.Cluster.Run(Before);
        foreach (var (loss, at, length) in _story.Losses)
        {
            Events.Schedule(at, () => _losses.Play(loss, length, Log));
        }

        Await(() => watch.Verdict.State == MonitorState.Lost, _story.Patience);
        foreach (var (at, fault) in _story.InTheWorld)
        {
            Events.Schedule(at, () => Inject(fault, first));
        }

        var lastVote = _pair.Cluster.Chain.Newest.VoteAccount.LastSlot;
        faults.HasBegun = true;
        var result = TakeOver(first, pair, watch);
        faults.HasBegun = false;
        _endOfWatch.Cancel();
        var wasOwed = HasPendingDemotion(_pair.A);
        _faults += planned.Injected.Count + looks.Failed;
        _log.AddRange(planned.Injected.Select(fault => $"   {fault}"));
        _pair.Cluster.Run(_random.Milliseconds(0, 60_000));

        // A settlement runs while the faults are still there, and another one after they are over.
        Settle("in the middle");
        Heal();
        _pair.Cluster.Run(TimeSpan.FromMinutes(4));
        var needsAPerson = !SettleInTheEnd();
        _end.Cancel();
        WaitForWhatIsStillToCome();
        _pair.Cluster.Run(TimeSpan.FromSeconds(5));
        _pair.Judge.ProbeVotes();
        _pair.Judge.ProbeLocks();
        return new TakeoverOutcome
        {
            Seed = _story.Seed,
            Outcome = result?.Outcome,
            Grade = result?.Evidence?.Grade,
            FaultsInjected = _faults,
            Broken = _pair.Judge.Broken,
            RefusedVotes = _pair.Judge.RefusedVotes,
            HadPendingDemotion = wasOwed,
            CameBack = _pair.Judge.CameBack,
            SlotsWithoutVotes = result?.Gap is { } gap && lastVote is { } last ? (int)(gap.TargetFirstVote - Math.Min(last, gap.TargetFirstVote)) : null,
            NeedsAPerson = needsAPerson,
            SecondsWithoutVote = _aftermath.SecondsWithoutVote(),
            TargetDied = _aftermath.TargetDied(),
            NeitherVotes = _aftermath.NeitherVotes(_lastWords),
            Fingerprint = _pair.Cluster.Chain.Votes.Aggregate(17, static (number, vote) => unchecked(
                (((((number * 31) + (int)vote.Slot) * 31) + (int)vote.SignedAt.Ticks) * 31) + vote.Node[0] + ((int?)vote.Error ?? -1))),
            Log = _log,
        };
    }

    private FailoverResult? TakeOver(SimulatedCoordinator program, ValidatorPair pair, ValidatorMonitor watch)
    {
        var policy = new TakeoverPolicy
        {
            MinimumGrade = _story.Policy switch { PolicyKind.Fenced => EvidenceGrade.Fenced, PolicyKind.Asserted => EvidenceGrade.Asserted, _ => EvidenceGrade.Observed },
            OperatorStatement = _story.Policy == PolicyKind.Asserted ? "the machine is off, and stays so" : null,
            Guard = _story.Policy == PolicyKind.Guarded ? Guard : null,
            Detection = Rules,
            Tower = _story.RebuildsFromChain ? TakeoverTower.FromChain : TakeoverTower.FromCopy,
            AllowStop = _story.AllowStop,
        };
        FailoverResult? result = null;
        for (var tried = 0; tried < Tries && (tried == 0 || result?.Outcome is FailoverOutcome.Refused or FailoverOutcome.RolledBack); tried++)
        {
            _pair.B.Towers.MayBeginAnew = _story.RebuildsFromChain;
            try
            {
                result = program.Run(() => Failover(program).TakeoverAsync(pair, policy, _story.HasWatch ? watch : null), Limit);
            }
            catch (TimeoutException)
            {
                _pair.Judge.Break(Invariant.EverythingEnds, $"the takeover did not end within {Limit}");
                return null;
            }

            Log($"{program.Name}: {result?.ToString() ?? "crashed"}{Environment.NewLine}   {(result is null ? "" : string.Join("; ", result.Steps))}");
            if (result is null)
            {
                // It is unknown how far it got.
                return null;
            }

            Told(result);
            _pair.B.Towers.MayBeginAnew &= result.Notes.Any(static note => note.Code == NoteCodes.TowerRebuilt);
            if (result is { Outcome: FailoverOutcome.Completed, PendingDemotions.Count: 0 })
            {
                _pair.Judge.Check(!_pair.A.RunsStaked && _pair.A.Link == IdentityRole.Unstaked, "nothing is owed, and the lost node is an inactive one");
            }

            _pair.Cluster.Run(TimeSpan.FromSeconds(5));
        }

        return result;
    }

    /// <summary>A takeover has given its result: it is held against what is so.</summary>
    private void Told(FailoverResult result)
    {
        _lastWords = $"{result.Outcome}: {result.Reason}";
        _pair.Judge.CheckClaims(result);
        if (result.Outcome == FailoverOutcome.Completed)
        {
            _aftermath.Completed(_pair.B);
        }
    }

    /// <summary>The minutes in which a promoted node is watched, and what hangs in a validator.</summary>
    private void WaitForWhatIsStillToCome()
    {
        var (watched, late) = (_aftermath.WatchedUntil ?? Events.Now, _pair.Cluster.LateCallsUntil);
        var until = watched > late ? watched : late;
        if (until > Events.Now)
        {
            _pair.Cluster.Run(until - Events.Now + TimeSpan.FromSeconds(15));
        }
    }

    private RecoveryResult? Settle(string name)
    {
        var program = Program(name, faults: null);
        try
        {
            var result = program.Run(() => Failover(program).CompleteDemotionAsync(program.Pair(_pair.A)), Limit);
            Log($"{name}: {result}{Environment.NewLine}   {(result is null ? "" : string.Join("; ", result.Steps))}");
            _lastWords = $"{result?.Outcome}: {result?.Reason}";
            if (result is not null)
            {
                _pair.Judge.CheckClaims(result, _pair.A);
            }

            return result;
        }
        catch (TimeoutException)
        {
            _pair.Judge.Break(Invariant.EverythingEnds, $"settling {name} did not end within {Limit}");
            return null;
        }
    }

    /// <summary>Everything works again: what is owed must be paid within some tries, and the pair be in order.</summary>
    private bool SettleInTheEnd()
    {
        RecoveryResult? result = null;
        for (var tried = 0; tried < Tries && (tried == 0 || result?.Outcome is not (RecoveryOutcome.Recovered or RecoveryOutcome.NothingToDo) || HasPendingDemotion(_pair.A) || !IsInOrder()); tried++)
        {
            result = Settle($"in the end, {tried + 1}");
            _pair.Cluster.Run(TimeSpan.FromSeconds(20));
        }

        if (result?.Outcome is not (RecoveryOutcome.Recovered or RecoveryOutcome.NothingToDo))
        {
            return false;
        }

        if (HasPendingDemotion(_pair.A) || HasPendingDemotion(_pair.B))
        {
            _pair.Judge.Break(Invariant.DebtsEnd, $"it is still owed though everything works: {_pair.Judge.Describe()}");
        }

        if (!IsInOrder())
        {
            _pair.Judge.Break(Invariant.RecoveryEnds, $"settled, and not in order: {_pair.Judge.Describe()}");
        }

        return true;
    }

    // A frozen validator may execute its last call when it wakes up, after a recovery that found everything in order.
    private bool IsInOrder()
    {
        var (voter, other) = _pair.A.RunsStaked ? (_pair.A, _pair.B) : (_pair.B, _pair.A);
        return voter.CanVote && voter.Link == IdentityRole.Staked && !other.CanVote && other.Link == IdentityRole.Unstaked;
    }

    /// <summary>A program of the active node itself: it dies with its machine, and comes up with it before the validator does. Its way to its own node is no network.</summary>
    private void StartGuard()
    {
        var node = _pair.A;
        var guard = _pair.AddCoordinator($"guard, boot {node.Boots}", TimeSpan.Zero);
        var pair = guard.Pair(node);
        _losses.Guard = guard;
        guard.ReachesCluster = !_losses.IsCutOff;
        var boot = node.Boots;
        node.HostCrashed += () =>
        {
            if (node.Boots == boot + 1)
            {
                guard.Crash();
            }
        };
        node.HostBooted = StartGuard;
        InBackground(() => new NodeGuard(pair.Source, pair.StakedIdentity, [new Witness { Name = "cluster", Rpc = pair.Cluster }, .. pair.Witnesses], Guard, timeProvider: guard.Time, towers: pair.Towers).RunAsync(cancellationToken: _end.Token));
    }

    private bool HasPendingDemotion(SimulatedNode node)
    {
        var pair = _pair.FromAToB;
        var look = JournalReading.ReadAsync(new FailoverOptions { Journal = _journal }, pair, RunId.Parse("the-judge"), TimeProvider.System, CancellationToken.None);
        return look.GetAwaiter().GetResult().DemotionPendingBy(node == _pair.A ? pair.Source : pair.Target) is not null;
    }

    private SimulatedCoordinator Program(string name, IFaultPlan? faults)
    {
        var program = _pair.AddCoordinator(name, _story.OneWay, faults, _journal);
        _programs.Add(program);
        return program;
    }

    private static FailoverCoordinator Failover(SimulatedCoordinator program) => new(
        new FailoverOptions { Journal = program.Journal, Holder = program.Name, Reclassify = OnlyWhatTheProtocolNeeds },
        timeProvider: program.Time);

    private static PreflightSeverity OnlyWhatTheProtocolNeeds(PreflightFinding finding) =>
        string.CompareOrdinal(finding.Code, "TF105") <= 0 || finding.Severity != PreflightSeverity.Blocker ? finding.Severity : PreflightSeverity.Warning;

    private static void InBackground(Func<Task> work)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        _ = work();
        SynchronizationContext.SetSynchronizationContext(context);
    }

    private void Await(Func<bool> condition, TimeSpan patience)
    {
        var end = Events.Now + patience;
        _pair.Cluster.RunUntil(() => condition() || Events.Now >= end, patience + TimeSpan.FromMinutes(1));
    }

    private void Inject(WorldFault fault, SimulatedCoordinator first)
    {
        _faults++;
        Log(fault.ToString());
        _world.Play(fault, first);
    }

    private void Heal()
    {
        _losses.Heal();
        foreach (var program in _programs)
        {
            program.WireTo(_pair.A).Heal();
            program.WireTo(_pair.B).Heal();
            program.ReachesCluster = true;
        }
    }

    private void Log(string line) => _log.Add(string.Create(CultureInfo.InvariantCulture, $"{(Events.Now - _start).TotalSeconds:0.000} s: {line}"));
}
