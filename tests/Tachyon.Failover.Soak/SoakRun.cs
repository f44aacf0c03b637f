using System.Globalization;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Protocol;
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

    private readonly Story _story;
    private readonly SwitchoverRules _rules;
    private readonly bool _choosesMoment;
    private readonly SimulatedPair _pair;
    private readonly PairJudge _judge;
    private readonly SeededRandom _random;
    private readonly InMemoryFailoverJournal _journal = new();
    private readonly List<string> _log = [];
    private readonly DateTimeOffset _start;
    private readonly List<SimulatedCoordinator> _coordinators = [];
    private int _faults;
    private bool _nodesHadFaults;
    private bool _needsAPerson;

    private SoakRun(Story story, SwitchoverRules rules, bool choosesMoment)
    {
        _story = story;
        _rules = rules;
        _choosesMoment = choosesMoment;
        _pair = new SimulatedPair(story.Chain, new WorldRules { SilentPeerIsKept = TimeSpan.FromMinutes(2) });
        _judge = _pair.Judge;
        _random = new SeededRandom(story.Seed, "run");
        _start = _pair.Cluster.Events.Now;
    }

    private EventQueue Events => _pair.Cluster.Events;

    /// <summary>Plays it.</summary>
    /// <param name="story">What is to happen.</param>
    /// <param name="rules">What the coordinators hold to; null for all that there is.</param>
    /// <param name="choosesMoment">Whether the coordinators choose the moment of the fence.</param>
    public static SoakOutcome Play(Story story, SwitchoverRules? rules = null, bool choosesMoment = true) => new SoakRun(story, rules ?? SwitchoverRules.All, choosesMoment).Play();

    private SoakOutcome Play()
    {
        LeaveTowerBehind();
        _pair.Cluster.Run(_story.Before);
        var faults = new PlannedFaults(_random, _story.OnCalls, _story.OnRpc, _story.OnJournal);
        var first = Coordinator("first", faults, _journal);
        faults.Owner = first;
        foreach (var (at, fault) in _story.InTheWorld)
        {
            Events.Schedule(at, () => Inject(fault, first));
        }

        _nodesHadFaults = _story.SecondAfter is not null
            || _story.OnCalls.Values.Any(fault => fault is >= CallFault.HostCrashBefore and <= CallFault.ValidatorCrashAfter or CallFault.ValidatorStopped or CallFault.DoneLate)
            || _story.InTheWorld.Any(fault => fault.Fault is >= WorldFault.SourceHostCrash and <= WorldFault.TargetStopped);
        if (_story.SecondAfter is { } after)
        {
            Events.Schedule(after, Second);
        }

        FailoverResult? result = null;
        try
        {
            result = Switchover(first);
        }
        catch (TimeoutException)
        {
            _judge.Break(Invariant.EverythingEnds, $"the switchover did not end within {Limit}");
        }

        _pair.Cluster.Run(_story.Pause);
        _faults += faults.Injected.Count;
        _log.AddRange(faults.Injected.Select(fault => $"   {fault}"));

        // Somebody recovers in the middle of whatever is still wrong, and again once everything works.
        if (!_story.IsWithoutFaults)
        {
            Recover("in the middle", AnyNode());
            Heal();
            _pair.Cluster.Run(TimeSpan.FromMinutes(4));
            RecoverInTheEnd();
        }

        _pair.Cluster.Run(TimeSpan.FromSeconds(5));
        _judge.LookAtVotes();
        _judge.LookAtLocks();
        var report = ChainJudge.Report(_pair.Cluster.Chain, _story.Chain.StartSlot + 3);
        return new SoakOutcome
        {
            Seed = _story.Seed,
            Outcome = result?.Outcome,
            IsWithoutFaults = _story.IsWithoutFaults,
            FaultsInjected = _faults,
            Broken = _judge.Broken,
            RefusedVotes = _judge.RefusedVotes,
            MissedSlots = result?.Outcome == SwitchoverOutcome.Completed ? CountMissed(report) : null,
            NeedsAPerson = _needsAPerson,
            Fingerprint = Fingerprint(),
            Log = _log,
        };
    }

    private SimulatedCoordinator Coordinator(string name, IFaultPlan? faults, IFailoverJournal journal)
    {
        var coordinator = _pair.AddCoordinator(name, _story.OneWay, faults, journal);
        _coordinators.Add(coordinator);
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
            _pair.Cluster.Run(TimeSpan.FromSeconds(1));
            _pair.B.Towers.Current = _pair.A.Towers.Current;
        }
    }

    private FailoverCoordinator Failover(SimulatedCoordinator coordinator) => new(
        new FailoverOptions
        {
            MinimumIdle = _story.MinimumIdle,
            OnLostWindow = _story.OnLostWindow,
            Journal = coordinator.Journal,
            Holder = coordinator.Name,
            ChoosesMoment = _choosesMoment,
            Rules = _rules,
            Reclassify = _story.IsCautious ? null : OnlyWhatTheProtocolNeeds,
        },
        timeProvider: coordinator.Time);

    /// <summary>An embedder who goes on whatever the rest of the preflight says: most faults would end there otherwise, and the steps behind it would see few.</summary>
    private static PreflightSeverity OnlyWhatTheProtocolNeeds(PreflightFinding finding) =>
        string.CompareOrdinal(finding.Code, "TF105") <= 0 || finding.Severity != PreflightSeverity.Blocker ? finding.Severity : PreflightSeverity.Warning;

    private FailoverResult? Switchover(SimulatedCoordinator coordinator)
    {
        using var giveUp = _story.GivesUpAfter is { } after ? new CancellationTokenSource(after, coordinator.Time) : new CancellationTokenSource();
        var result = coordinator.Run(() => Failover(coordinator).SwitchoverAsync(coordinator.Pair(_pair.A), cancellationToken: giveUp.Token), Limit);
        Log($"{coordinator.Name}: {result?.ToString() ?? "crashed"}");
        if (result is not null && !_nodesHadFaults)
        {
            _judge.LookAt(result);
        }

        return result;
    }

    private SimulatedNode AnyNode() => _random.Chance(0.7) ? _pair.A : _pair.B;

    private RecoveryResult? Recover(string name, SimulatedNode source)
    {
        var coordinator = Coordinator(name, faults: null, _story.SharesJournal ? _journal : new InMemoryFailoverJournal());
        try
        {
            var result = coordinator.Run(() => Failover(coordinator).RecoverAsync(coordinator.Pair(source)), Limit);
            Log($"{name}, {source.Name} as source: {result}");
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
        _needsAPerson = result?.Outcome != RecoveryOutcome.Recovered;
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
        if (again?.Outcome != RecoveryOutcome.Recovered || _judge.Describe(withTowers: false) != before)
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

        async Task ReportAsync(Task<FailoverResult> task) => Log($"second: {await task.ConfigureAwait(false)}");
    }

    private void Inject(WorldFault fault, SimulatedCoordinator first)
    {
        _faults++;
        Log(fault.ToString());
        var (a, b) = (_pair.A, _pair.B);
        var pause = _random.Chance(0.6) ? _random.Milliseconds(200, 15_000) : _random.Milliseconds(15_000, 300_000);
        switch (fault)
        {
            case WorldFault.CoordinatorFromSource:
                Partition(first, a, pause);
                break;
            case WorldFault.CoordinatorFromTarget:
                Partition(first, b, pause);
                break;
            case WorldFault.CoordinatorFromBoth:
                Partition(first, a, pause);
                Partition(first, b, pause);
                break;
            case WorldFault.CoordinatorFromCluster:
                first.ReachesCluster = false;
                Events.Schedule(pause, () => first.ReachesCluster = true);
                break;
            case WorldFault.SourceFromCluster or WorldFault.TargetFromCluster:
                var cutOff = fault == WorldFault.SourceFromCluster ? a : b;
                cutOff.IsCutOff = true;
                Events.Schedule(pause, () => cutOff.IsCutOff = false);
                break;
            case WorldFault.SourceHostCrash or WorldFault.TargetHostCrash:
                (fault == WorldFault.SourceHostCrash ? a : b).Crash(_random.Milliseconds(5000, 60_000));
                break;
            case WorldFault.SourceCrash or WorldFault.TargetCrash:
                (fault == WorldFault.SourceCrash ? a : b).KillValidator();
                break;
            case WorldFault.SourceStopped or WorldFault.TargetStopped:
                (fault == WorldFault.SourceStopped ? a : b).StopValidator(_random.Milliseconds(200, 40_000));
                break;
            case WorldFault.CoordinatorCrash:
                first.Crash(_random.Chance(0.7));
                break;
            case WorldFault.ClockJump:
                first.Clock.Jump += TimeSpan.FromHours(_random.Between(-3, 3));
                break;
            case WorldFault.ConnectionReset:
                first.WireTo(_random.Chance(0.5) ? a : b).Cut("the connection was reset");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault.");
        }
    }

    private void Partition(SimulatedCoordinator coordinator, SimulatedNode node, TimeSpan pause)
    {
        coordinator.WireTo(node).Partition();
        Events.Schedule(pause, coordinator.WireTo(node).Heal);
    }

    private void Heal()
    {
        foreach (var node in new[] { _pair.A, _pair.B })
        {
            node.DiskIsFull = false;
            node.IsCutOff = false;
            foreach (var coordinator in _coordinators)
            {
                coordinator.WireTo(node).Heal();
            }
        }
    }

    private void Log(string line) => _log.Add(string.Create(CultureInfo.InvariantCulture, $"{(Events.Now - _start).TotalSeconds:0.000} s: {line}"));
}
