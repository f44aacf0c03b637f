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
            case Loss.CutFromMonitor:
                CutFromMonitor(length);
                break;
            case Loss.CutFromAll:
                CutFromCluster(length);
                CutFromMonitor(length);
                break;
            default:
                node.LoseTowers();
                node.DiskIsFull = true;
                node.KillValidator();
                Events.Schedule(length, () => node.DiskIsFull = false);
                break;
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
            node.HasAdminSocket = true;
        }

        Guard?.ReachesCluster = true;
    }

    /// <summary>Cuts the node off from the cluster for a while, and the guard on it.</summary>
    public void CutFromCluster(TimeSpan length)
    {
        pair.A.IsCutOff = true;
        Guard?.ReachesCluster = false;
        Events.Schedule(length, () =>
        {
            pair.A.IsCutOff = false;
            Guard?.ReachesCluster = true;
        });
    }

    private void CutFromMonitor(TimeSpan length)
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
