using System.Globalization;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Judge;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Soak;

/// <summary>Plays a story in a world of its own.</summary>
internal sealed class SoakRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);
    private static readonly TimeSpan LeftoverTime = TimeSpan.FromSeconds(1);

    private readonly Story _story;
    private readonly bool _leasesLocks;
    private readonly SimulatedPair _pair;
    private readonly PairJudge _judge;
    private readonly SeededRandom _random;
    private readonly WorldFaultPlayer _world;
    private readonly Aftermath _aftermath;
    private readonly InMemoryFailoverJournal _journal = new();
    private readonly List<string> _log = [];
    private readonly DateTimeOffset _start;
    private readonly List<SimulatedCoordinator> _coordinators = [];
    private int _faults;
    private bool _needsAPerson;
    private string _lastWords = "no node was asked";

    private SoakRun(Story story, bool leasesLocks)
    {
        _leasesLocks = leasesLocks;
        _story = story;
        _pair = new SimulatedPair(story.Chain, story.World);
        _judge = _pair.Judge;
        _random = new SeededRandom(story.Seed, "run");
        _world = new WorldFaultPlayer(_pair, _random);
        _aftermath = new Aftermath(_pair);
        _start = _pair.Cluster.Events.Now;
    }

    private EventQueue Events => _pair.Cluster.Events;

    /// <summary>Plays it.</summary>
    /// <param name="story">The story.</param>
    /// <param name="leasesLocks">Whether a lock ends by itself without its coordinator's heartbeat.</param>
    public static SoakOutcome Play(Story story, bool leasesLocks = true) => new SoakRun(story, leasesLocks).Play();

    private SoakOutcome Play()
    {
        LeaveTowerBehind();
        _pair.Cluster.Run(_story.Before);
        var faults = new PlannedFaults(_random, _story.OnCalls, _story.OnRpc, _story.OnJournal);
        var looks = new FlakyProbes(faults, new SeededRandom(_story.Seed, "looks"), _story.FlakyProbes);
        var first = Coordinator("first", looks, _journal);
        faults.Owner = first;
        first.StandsStill = pause => AwaitRescue(first, pause);
        foreach (var (at, fault) in _story.InTheWorld)
        {
            Events.Schedule(at, () => Inject(fault, first));
        }

        if (_story.SecondAfter is { } after)
        {
            Events.Schedule(after, Second);
        }

        FailoverResult? result = null;
        try
        {
            result = Switchover(first, _pair.A, _story.Throws is { } throws ? new ThrowingParts(throws.Call, throws.InTask) : null);
        }
        catch (TimeoutException)
        {
            _judge.Break(Invariant.EverythingEnds, $"the switchover did not end within {Limit}");
        }
        catch (Exception exception) when (_story.Throws is not null)
        {
            _judge.Break(Invariant.EverythingEnds, $"the switchover ended with no result but with {exception.GetType().Name}: {exception.Message}");
        }

        _pair.Cluster.Run(_story.Pause);
        _faults += faults.Injected.Count + looks.Failed;
        _log.AddRange(faults.Injected.Select(fault => $"   {fault}"));

        // A recovery runs while the faults are still there, and another one after they are over.
        if (!_story.IsWithoutFaults)
        {
            Recover("in the middle", AnyNode());
            AwaitWorldFaults();
            Heal();

            // Longer than any restart, any stop and any lease.
            _pair.Cluster.Run(TimeSpan.FromMinutes(2));

            // One that comes through between the last recovery and the judge would change what the recovery had put in order.
            while (_pair.Cluster.ExpectsLateCall(within: TimeSpan.FromMinutes(1)))
            {
                _pair.Cluster.Run(TimeSpan.FromSeconds(15));
            }

            RecoverInTheEnd();
        }

        if (_story.GoesBack && !_needsAPerson)
        {
            Switchover(Coordinator("back", faults: null, _story.SharesJournal ? _journal : new InMemoryFailoverJournal()), _pair.A.RunsStaked ? _pair.A : _pair.B);
        }

        LetLateCallsCome();
        _pair.Cluster.Run(TimeSpan.FromSeconds(5));
        _judge.ProbeVotes();
        _judge.ProbeLocks();
        var report = ChainJudge.Report(_pair.Cluster.Chain, _story.Chain.StartSlot + 3);
        return new SoakOutcome
        {
            Seed = _story.Seed,
            Outcome = result?.Outcome,
            IsWithoutFaults = _story.IsWithoutFaults,
            FaultsInjected = _faults,
            Broken = _judge.Broken,
            RefusedVotes = _judge.RefusedVotes,
            MissedSlots = result?.Outcome == FailoverOutcome.Completed ? CountMissed(report) : null,
            NeedsAPerson = _needsAPerson,
            SecondsWithoutVote = _aftermath.SecondsWithoutVote(),
            TargetDied = _aftermath.TargetDied(),
            NeitherVotes = _aftermath.NeitherVotes(_lastWords),
            Fingerprint = Fingerprint(),
            Log = _log,
        };
    }

    private SimulatedCoordinator Coordinator(string name, IFaultPlan? faults, IFailoverJournal journal)
    {
        var coordinator = _pair.AddCoordinator(name, _story.OneWay, faults, journal);
        _coordinators.Add(coordinator);
        coordinator.With(_pair.A).HasLease = coordinator.With(_pair.B).HasLease = _leasesLocks;
        return coordinator;
    }

    /// <summary>The blocks between the last landed vote of the one node and the first of the other that the vote account never had a vote for.</summary>
    private static int? CountMissed(ChainReport report) => report.Changes is [var change, ..]
        ? report.Slots.Count(slot => slot.Slot > change.LastSlot && slot.Slot < change.FirstSlot && slot is { HasBlock: true, VotedInBlock: null })
        : null;

    private int Fingerprint() => _pair.Cluster.Chain.Votes.Aggregate(17, static (number, vote) => unchecked(
        (((((number * 31) + (int)vote.Slot) * 31) + (int)vote.SignedAt.Ticks) * 31) + vote.Node[0] + ((int?)vote.Error ?? -1)));

    private void LeaveTowerBehind()
    {
        if (_story.HasLeftover)
        {
            _pair.Cluster.Run(LeftoverTime);
            _pair.B.Towers.Current = _pair.A.Towers.Current;
        }
    }

    private FailoverCoordinator Failover(SimulatedCoordinator coordinator) => new(
        new FailoverOptions
        {
            MinimumIdle = _story.MinimumIdle,
            OnClosedWindow = _story.OnClosedWindow,
            Journal = coordinator.Journal,
            Holder = coordinator.Name,
            Reclassify = _story.IsCautious ? null : OnlyWhatTheProtocolNeeds,
        },
        timeProvider: coordinator.Time);

    /// <summary>An embedder who ignores the rest of the preflight. Otherwise most faults would end the run there, and the later steps would see few.</summary>
    private static PreflightSeverity OnlyWhatTheProtocolNeeds(PreflightFinding finding) =>
        string.CompareOrdinal(finding.Code, "TF105") <= 0 || finding.Severity != PreflightSeverity.Blocker ? finding.Severity : PreflightSeverity.Warning;

    private FailoverResult? Switchover(SimulatedCoordinator coordinator, SimulatedNode from, ThrowingParts? parts = null)
    {
        using var giveUp = _story.GivesUpAfter is { } after ? new CancellationTokenSource(after, coordinator.Time) : new CancellationTokenSource();
        var pair = coordinator.Pair(from);
        var result = coordinator.Run(() => Failover(coordinator).SwitchoverAsync(parts?.In(pair) ?? pair, cancellationToken: giveUp.Token), Limit);
        if (parts?.Threw is { } threw)
        {
            _faults++;
            Log($"{threw} threw");
        }

        Told(coordinator, result, from);
        return result;
    }

    /// <summary>A coordinator has given its result: it is held against what is so.</summary>
    private void Told(SimulatedCoordinator coordinator, FailoverResult? result, SimulatedNode from)
    {
        _lastWords = $"{result?.Outcome.ToString() ?? "crashed"}: {result?.Reason}";
        Log($"{coordinator.Name}: {result?.ToString() ?? "crashed"}");
        if (result is null)
        {
            return;
        }

        _judge.CheckClaims(result);
        if (result.Outcome == FailoverOutcome.Completed)
        {
            _aftermath.Completed(from == _pair.A ? _pair.B : _pair.A);
        }
    }

    /// <summary>What hangs in a validator comes through at last, or has died with it.</summary>
    private void LetLateCallsCome()
    {
        if (_pair.Cluster.LateCallsUntil > Events.Now)
        {
            _pair.Cluster.Run(_pair.Cluster.LateCallsUntil - Events.Now + TimeSpan.FromSeconds(15));
        }
    }

    private SimulatedNode AnyNode() => _random.Chance(0.7) ? _pair.A : _pair.B;

    private RecoveryResult? Recover(string name, SimulatedNode source)
    {
        var coordinator = Coordinator(name, faults: null, _story.SharesJournal ? _journal : new InMemoryFailoverJournal());
        try
        {
            var result = coordinator.Run(() => Failover(coordinator).RecoverAsync(coordinator.Pair(source)), Limit);
            Log($"{name}, {source.Name} as source: {result}");
            _lastWords = $"{result?.Outcome}: {result?.Reason}";
            if (result is not null)
            {
                _judge.CheckClaims(result, source);
            }

            return result;
        }
        catch (TimeoutException)
        {
            _judge.Break(Invariant.EverythingEnds, $"the recovery {name} did not end within {Limit}");
            return null;
        }
    }

    /// <summary>Everything works again: one recovery must be enough, and one more must find nothing to do.</summary>
    private void RecoverInTheEnd()
    {
        var (a, b) = (_pair.A, _pair.B);
        var source = AnyNode();
        var result = Recover("in the end", source);
        _needsAPerson = result?.Outcome is not (RecoveryOutcome.Recovered or RecoveryOutcome.NothingToDo);
        if (_needsAPerson)
        {
            return;
        }

        _pair.Cluster.Run(TimeSpan.FromSeconds(5));
        var (voter, other) = a.RunsStaked ? (a, b) : (b, a);
        var isInOrder = voter.CanVote && voter.Link == IdentityRole.Staked && !other.CanVote && other.Link == IdentityRole.Unstaked && other.Process is not null;
        if (!isInOrder)
        {
            _judge.Break(Invariant.RecoveryEnds, $"recovered, and not in order: {_judge.Describe()}");
        }

        var before = _judge.Describe(withTowers: false);
        var again = Recover("once more", source);
        if (again?.Outcome is not RecoveryOutcome.NothingToDo || _judge.Describe(withTowers: false) != before)
        {
            _judge.Break(Invariant.RecoveryEnds, $"the second recovery was {again?.Outcome} and made of '{before}' '{_judge.Describe(withTowers: false)}'");
        }

        var voted = _pair.Cluster.Chain.Newest.VoteAccount.LastSlot;
        if (voted + 25 < _pair.Cluster.Chain.Newest.Slot)
        {
            _judge.Break(Invariant.RecoveryEnds, $"recovered, and no vote has landed since slot {voted}; {_judge.Describe()}");
        }
    }

    private void Second()
    {
        var second = Coordinator("second", faults: null, _story.SharesJournal ? _journal : new InMemoryFailoverJournal());
        var from = _random.Chance(0.5) ? _pair.A : _pair.B;
        var work = Failover(second).SwitchoverAsync(second.Pair(from));
        _ = ReportAsync(work);

        async Task ReportAsync(Task<FailoverResult> task) => Told(second, await task.ConfigureAwait(false), from);
    }

    /// <summary>Longer than its locks live.</summary>
    private void AwaitRescue(SimulatedCoordinator first, TimeSpan pause)
    {
        var patience = _random.Milliseconds(45_000, 90_000);
        if (pause > patience)
        {
            Events.Schedule(patience, () => Rescue(first));
        }
    }

    /// <summary>The coordinator stands still, no node votes, and the operator, or another program, acts with the guide (safety.md, H3).</summary>
    private void Rescue(SimulatedCoordinator first)
    {
        if (!first.IsAlive || _pair.A.CanVote || _pair.B.CanVote || _pair.A.Process is not { ServesAdmin: true, IsFrozen: false } process)
        {
            return;
        }

        if (_random.Chance(0.5))
        {
            var rescuer = Coordinator("rescuer", faults: null, _story.SharesJournal ? _journal : new InMemoryFailoverJournal());
            _ = ReportAsync(Failover(rescuer).RecoverAsync(rescuer.Pair(_pair.A)));
            return;
        }

        Log("a person gives a its vote back");
        _pair.A.LinkTarget = NodePaths.Usual.KeypairOf(IdentityRole.Staked);
        process.AddAuthorizedVoter(_pair.A.Staked);
        process.SetIdentity(_pair.A.Staked, requireTower: true, _ => _pair.A.Changed());

        async Task ReportAsync(Task<RecoveryResult> recovery)
        {
            var result = await recovery.ConfigureAwait(false);
            Log($"rescuer: {result}");
            _judge.CheckClaims(result, _pair.A);
        }
    }

    private void Inject(WorldFault fault, SimulatedCoordinator first)
    {
        _faults++;
        Log(fault.ToString());
        _world.Play(fault, first);
    }

    /// <summary>What was still to go wrong goes wrong before everything works again.</summary>
    private void AwaitWorldFaults()
    {
        var last = _story.InTheWorld.Select(fault => _story.Before + fault.At).Append(TimeSpan.Zero).Max() + LeftoverTime;
        if (_start + last > Events.Now)
        {
            _pair.Cluster.Run(_start + last - Events.Now);
        }
    }

    private void Heal()
    {
        foreach (var node in new[] { _pair.A, _pair.B })
        {
            node.DiskIsFull = false;
            node.IsCutOff = false;
            node.HasAdminSocket = true;
            foreach (var coordinator in _coordinators)
            {
                coordinator.WireTo(node).Heal();
            }
        }
    }

    private void Log(string line) => _log.Add(string.Create(CultureInfo.InvariantCulture, $"{(Events.Now - _start).TotalSeconds:0.000} s: {line}"));
}
