using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Soak;

/// <summary>Lets happen what can go wrong in the world at any time.</summary>
/// <param name="pair">The world.</param>
/// <param name="random">Draws how long a fault lasts.</param>
internal sealed class WorldFaultPlayer(SimulatedPair pair, SeededRandom random)
{
    /// <summary>Cuts the source off from the cluster for a while, with everything else on its machine.</summary>
    public Action<TimeSpan> CutSourceFromCluster { get; init; } = pause => CutFromCluster(pair, pair.A, pause);

    /// <summary>Lets it happen.</summary>
    public void Play(WorldFault fault, SimulatedCoordinator first)
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
                pair.After(pause, () => first.ReachesCluster = true);
                break;
            case WorldFault.SourceFromCluster:
                CutSourceFromCluster(pause);
                break;
            case WorldFault.TargetFromCluster:
                CutFromCluster(pair, b, pause);
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
            case WorldFault.CoordinatorStandsStill:
                first.StandStill(pause, random.Chance(0.5));
                break;
            case WorldFault.SourceSocketGone or WorldFault.TargetSocketGone:
                var node = fault == WorldFault.SourceSocketGone ? a : b;
                node.HasAdminSocket = false;
                pair.After(pause, () => node.HasAdminSocket = true);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault.");
        }
    }

    private static void CutFromCluster(SimulatedPair pair, SimulatedNode node, TimeSpan pause)
    {
        node.IsCutOff = true;
        pair.After(pause, () => node.IsCutOff = false);
    }
}
