using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Soak.Takeovers;

/// <summary>Makes the active node be lost, in the ways that there are, and lets it come back.</summary>
internal sealed class LossPlayer(SimulatedPair pair, Func<IReadOnlyList<SimulatedCoordinator>> programs)
{
    private bool _isOver;

    /// <summary>The guard on the active node, of its present boot; null if none runs.</summary>
    public SimulatedCoordinator? Guard { get; set; }

    public bool IsCutOff => pair.A.IsCutOff;

    private EventQueue Events => pair.Cluster.Events;

    public void Play(Loss loss, TimeSpan length, Action<string> log)
    {
        log($"{loss} for {length.TotalSeconds:0} s");
        var node = pair.A;
        switch (loss)
        {
            case Loss.Killed:
                KillAgainAndAgain(Events.Now + length);
                break;
            case Loss.HostDown:
                node.Crash(length);
                break;
            case Loss.Frozen:
                node.StopValidator(length);
                break;
            case Loss.CutFromCluster:
                CutFromCluster(length);
                break;
            case Loss.CutFromWatcher:
                CutFromWatcher(length);
                break;
            case Loss.CutFromAll:
                CutFromCluster(length);
                CutFromWatcher(length);
                break;
            default:
                node.LoseTowers();
                node.DiskIsFull = true;
                node.KillValidator();
                Events.Schedule(length, () => node.DiskIsFull = false);
                break;
        }
    }

    public void Inject(WorldFault fault, SimulatedCoordinator first, SeededRandom random)
    {
        var (a, b) = (pair.A, pair.B);
        var pause = random.Chance(0.6) ? random.Milliseconds(200, 15_000) : random.Milliseconds(15_000, 300_000);
        switch (fault)
        {
            case WorldFault.CoordinatorFromSource:
                first.Partition(a, pause);
                break;
            case WorldFault.CoordinatorFromTarget:
                first.Partition(b, pause);
                break;
            case WorldFault.CoordinatorFromBoth:
                first.Partition(a, pause);
                first.Partition(b, pause);
                break;
            case WorldFault.CoordinatorFromCluster:
                first.ReachesCluster = false;
                Events.Schedule(pause, () => first.ReachesCluster = true);
                break;
            case WorldFault.SourceFromCluster:
                CutFromCluster(pause);
                break;
            case WorldFault.TargetFromCluster:
                b.IsCutOff = true;
                Events.Schedule(pause, () => b.IsCutOff = false);
                break;
            case WorldFault.SourceHostCrash or WorldFault.TargetHostCrash:
                (fault == WorldFault.SourceHostCrash ? a : b).Crash(random.Milliseconds(5000, 60_000));
                break;
            case WorldFault.SourceCrash or WorldFault.TargetCrash:
                (fault == WorldFault.SourceCrash ? a : b).KillValidator();
                break;
            case WorldFault.SourceStopped or WorldFault.TargetStopped:
                (fault == WorldFault.SourceStopped ? a : b).StopValidator(random.Milliseconds(200, 40_000));
                break;
            case WorldFault.CoordinatorCrash:
                first.Crash(random.Chance(0.7));
                break;
            case WorldFault.ClockJump:
                first.Clock.Jump += TimeSpan.FromHours(random.Between(-3, 3));
                break;
            case WorldFault.ConnectionReset:
                first.WireTo(random.Chance(0.5) ? a : b).Cut("the connection was reset");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault.");
        }
    }

    /// <summary>Everything works from now on.</summary>
    public void Heal()
    {
        _isOver = true;
        pair.A.PowerOn();
        pair.A.ComeUp();
        pair.B.ComeUp();
        foreach (var node in new[] { pair.A, pair.B })
        {
            node.DiskIsFull = false;
            node.IsCutOff = false;
        }

        Guard?.ReachesCluster = true;
    }

    private void CutFromCluster(TimeSpan length)
    {
        pair.A.IsCutOff = true;
        Guard?.ReachesCluster = false;
        Events.Schedule(length, () =>
        {
            pair.A.IsCutOff = false;
            Guard?.ReachesCluster = true;
        });
    }

    private void CutFromWatcher(TimeSpan length)
    {
        foreach (var program in programs())
        {
            program.Partition(pair.A, length);
        }
    }

    private void KillAgainAndAgain(DateTimeOffset until)
    {
        if (!_isOver && Events.Now < until)
        {
            pair.A.KillValidator();
            Events.Schedule(TimeSpan.FromSeconds(2), () => KillAgainAndAgain(until));
        }
    }
}
