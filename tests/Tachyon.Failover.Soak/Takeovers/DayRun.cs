using System.Globalization;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Soak.Takeovers;

/// <summary>
/// A watch over hours. RPC providers, the cluster, the connections and the active node fail again and again and recover by themselves. Now and then the active node is lost for good.
/// Then its identity is taken over, from the chain if its way to the watch had failed just before and the tower copy is not whole. The operator repairs the lost node, and the watch
/// continues in the other direction.
/// </summary>
internal sealed class DayRun : IDisposable
{
    /// <summary>How many faults that pass a day has: 10,000, and some for the minutes in which a loss is mended.</summary>
    private const int FaultsADay = 10_500;

    /// <summary>All passing faults are over at that time: well below T2.</summary>
    private static readonly TimeSpan LongestFault = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>A vote that lands is not seen by a look that has begun before.</summary>
    private static readonly TimeSpan NotSeenYet = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan GivesUp = TimeSpan.FromMinutes(10);
    private static readonly DetectionRules Rules = new();
    private static readonly PassingFault[] Faults = Enum.GetValues<PassingFault>();

    private readonly SimulatedPair _pair;
    private readonly SimulatedCoordinator _program;
    private readonly SeededRandom _random;
    private readonly InMemoryFailoverJournal _journal = new();
    private readonly List<string> _wrong = [];
    private readonly List<double> _found = [];
    private readonly DateTimeOffset _start;
    private readonly int[] _ends = new int[2];
    private SimulatedNode _active;
    private SimulatedNode? _owing;
    private ValidatorMonitor _watch;
    private CancellationTokenSource _end = new();
    private readonly List<DateTimeOffset> _votesAt = [];
    private ulong _lastVote;
    private DateTimeOffset _nextFault;
    private DateTimeOffset? _lostAt;
    private bool _wasLost;
    private int _faults;
    private int _takenOver;
    private int _rebuilt;

    private DayRun(ulong seed)
    {
        _pair = new SimulatedPair(new ChainOptions { Seed = seed, SkippedSlots = 0.03, LateVotes = 0.03, LostVotes = 0.01, LeaderShare = 0.01 });
        _program = _pair.AddCoordinator("daemon", TimeSpan.FromMilliseconds(15), journal: _journal);
        _random = new SeededRandom(seed, "day");
        _start = Now;
        _active = _pair.A;
        _watch = Watch();
        _pair.Judge.HasPendingDemotion = node => ReferenceEquals(node, _owing);
    }

    private EventQueue Events => _pair.Cluster.Events;

    private DateTimeOffset Now => Events.Now;

    private SimulatedNode Inactive => _active == _pair.A ? _pair.B : _pair.A;

    /// <summary>Plays it.</summary>
    /// <param name="seed">The seed of all chance.</param>
    /// <param name="length">How long.</param>
    /// <param name="losses">How often the active node is lost for good.</param>
    public static DayOutcome Play(ulong seed, TimeSpan length, int losses)
    {
        using var run = new DayRun(seed);
        return run.Play(length, losses, seed);
    }

    public void Dispose() => _end.Dispose();

    private DayOutcome Play(TimeSpan length, int losses, ulong seed)
    {
        _pair.Cluster.Run(TimeSpan.FromSeconds(20));
        Begin();
        _nextFault = Now;
        var lossEvery = length / losses;
        var nextLoss = _start + (lossEvery * _random.Between(0.3, 0.7));
        var lost = 0;
        while (Now - _start < length)
        {
            _pair.Cluster.Run(Step);
            SeeVotes();
            while (Now >= _nextFault)
            {
                _nextFault += TimeSpan.FromDays(1) / FaultsADay * _random.Between(0, 2);
                Pass(Faults[_random.Index(Faults.Length)]);
            }

            if (_lostAt is null && lost < losses && Now >= nextLoss)
            {
                nextLoss += lossEvery;
                lost++;
                _lostAt = Now;
                _active.PowerOff();
            }

            Judge();
        }

        _end.Cancel();
        _pair.Cluster.Run(TimeSpan.FromSeconds(5));
        _pair.Judge.ProbeVotes();
        return new DayOutcome
        {
            Seed = seed,
            Hours = length.TotalHours,
            PassingFaults = _faults,
            Losses = lost,
            TakenOver = _takenOver,
            Rebuilt = _rebuilt,
            Wrong = _wrong,
            SecondsToFind = _found,
            Broken = _pair.Judge.Broken,
        };
    }

    private void SeeVotes()
    {
        if (_pair.Cluster.Chain.Newest.VoteAccount.LastSlot is { } vote && vote > _lastVote)
        {
            _lastVote = vote;
            _votesAt.Add(Now);
        }
    }

    /// <summary>Holds what the watch says against what is so.</summary>
    private void Judge()
    {
        var isLost = _watch.Verdict.State == MonitorState.Lost;
        if (_lostAt is { } at)
        {
            if (isLost || Now - at > GivesUp)
            {
                _found.Add((Now - at).TotalSeconds);
                TakeOver();
            }
        }
        else if (isLost && !_wasLost && Silence() is var silence && silence < Rules.LostAfter - Step)
        {
            _wrong.Add(string.Create(CultureInfo.InvariantCulture, $"at {(Now - _start).TotalSeconds:0} s, a vote had landed {silence.TotalSeconds:0} s before: {_watch.Verdict.Reason}"));
        }

        _wasLost = isLost;
    }

    /// <summary>For how long no vote had landed when the watch may have looked last.</summary>
    private TimeSpan Silence() => Now - NotSeenYet - _votesAt.FindLast(at => at <= Now - NotSeenYet);

    private void TakeOver()
    {
        var policy = new TakeoverPolicy { MinimumGrade = EvidenceGrade.Observed, Detection = Rules };
        var lost = _active;
        _owing = lost;
        var coordinator = new FailoverCoordinator(new FailoverOptions { Journal = _program.Journal, MinimumIdle = null }, timeProvider: _program.Time);
        var pair = _program.Pair(lost);
        for (var tried = 0; tried < 20 && !Inactive.RunsStaked; tried++)
        {
            var result = _program.Run(() => coordinator.TakeoverAsync(pair, policy, _watch));
            SeeVotes();
            if (result?.Outcome == FailoverOutcome.Completed)
            {
                _takenOver++;
                if (policy.Tower == TakeoverTower.FromChain)
                {
                    _rebuilt++;
                }
            }
            else if (result?.Reason?.Contains(nameof(CallFailure.TowerMissing), StringComparison.Ordinal) == true)
            {
                // The operator sees that no whole tower is left, and allows it.
                policy = policy.With(static it => { it.Tower = TakeoverTower.FromChain; it.OperatorStatement = "its power is off"; });
                Inactive.Towers.MayBeginAnew = true;
            }
            else
            {
                _pair.Cluster.Run(TimeSpan.FromSeconds(10));
            }
        }

        // The operator moves the link before the machine gets its power back, and the daemon pays the debt.
        lost.LinkTarget = NodePaths.Usual.KeypairOf(IdentityRole.Unstaked);
        lost.PowerOn();
        _pair.Cluster.Run(TimeSpan.FromMinutes(1));
        for (var tried = 0; tried < 5; tried++)
        {
            var settled = _program.Run(() => coordinator.CompleteDemotionAsync(pair));
            _pair.Cluster.Run(TimeSpan.FromSeconds(20));
            if (settled is { Outcome: RecoveryOutcome.Recovered or RecoveryOutcome.NothingToDo, PendingDemotions.Count: 0 })
            {
                break;
            }
        }

        if (lost.RunsStaked || lost.Link == IdentityRole.Staked || !Inactive.CanVote)
        {
            _pair.Judge.Break(Invariant.DebtsEnd, $"mended and settled, and not in order: {_pair.Judge.Describe()}");
        }

        _owing = null;
        _lostAt = null;
        _active = Inactive;
        _end.Cancel();
        _end.Dispose();
        _end = new CancellationTokenSource();
        _watch = Watch();
        Begin();
        SeeVotes();
        _wasLost = false;
        _votesAt.Add(Now);
    }

    private ValidatorMonitor Watch() => new(_program.Pair(_active), new MonitorOptions { Rules = Rules }, timeProvider: _program.Time);

    private void Begin()
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        _ = _watch.RunAsync(cancellationToken: _end.Token);
        SynchronizationContext.SetSynchronizationContext(context);
    }

    /// <summary>Begins a fault, and ends it. If a fault of the same thing is active already, it lasts until the later end.</summary>
    private void Pass(PassingFault fault)
    {
        _faults++;
        var length = LongestFault * _random.Between(0.05, 1);
        var number = _random.Index(_pair.Witnesses.Count);
        var provider = _pair.Witnesses[number];
        var (active, inactive) = (_active, Inactive);
        switch (fault)
        {
            case PassingFault.ProviderDown:
                provider.IsDown = true;
                Restore(number, length);
                break;
            case PassingFault.ProviderSlow:
                provider.IsSlow = true;
                Restore(number, length);
                break;
            case PassingFault.ProviderBehind:
                if (provider.Lag == TimeSpan.Zero)
                {
                    provider.Lag = TimeSpan.FromSeconds(_random.Between(2, 60));
                    Restore(number, length);
                }

                break;
            case PassingFault.ProviderStuck:
                provider.IsStuck = true;
                Restore(number, length);
                break;
            case PassingFault.ProviderMad:
                _pair.Witnesses[^1].IsMad = true;
                Restore(_pair.Witnesses.Count - 1, length);
                break;
            case PassingFault.MonitorFromActive:
                _program.Partition(active, length);
                break;
            case PassingFault.MonitorFromInactive:
                _program.Partition(inactive, length);
                break;
            case PassingFault.MonitorFromAll:
                _program.Partition(active, length);
                _program.Partition(inactive, length);
                _program.ReachesCluster = false;
                Events.Schedule(length, () => _program.ReachesCluster = true);
                break;
            case PassingFault.ClusterHalted:
                _pair.Cluster.Chain.StandsStill = true;
                Events.Schedule(length, () => _pair.Cluster.Chain.StandsStill = false);
                break;
            case PassingFault.ActiveFrozen:
                active.StopValidator(length);
                break;
            case PassingFault.ActiveCutOff:
                active.IsCutOff = true;
                Events.Schedule(length, () => active.IsCutOff = false);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault.");
        }
    }

    private void Restore(int number, TimeSpan length)
    {
        var end = ++_ends[number];
        Events.Schedule(length, () =>
        {
            if (end == _ends[number])
            {
                var provider = _pair.Witnesses[number];
                provider.IsDown = provider.IsSlow = provider.IsStuck = provider.IsMad = false;
                provider.Lag = TimeSpan.Zero;
            }
        });
    }
}
