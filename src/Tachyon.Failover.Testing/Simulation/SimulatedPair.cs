using Tachyon.Failover.Identities;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Nodes;

namespace Tachyon.Failover.Testing.Simulation;

/// <summary>
/// The simulated world of a failover, in virtual time: a cluster, the active node <see cref="A"/>, the spare <see cref="B"/>, and any number of coordinators. All of it
/// comes from one seed and happens on the thread that steps it: the same seed gives the same run.
/// </summary>
/// <remarks>Not thread-safe; any number of worlds may live side by side, each on its own thread.</remarks>
internal sealed class SimulatedPair
{
    public SimulatedPair(ChainOptions chain)
    {
        Cluster = new MemoryCluster(chain);
        A = new SimulatedNode(Cluster, new SimulatedNodeOptions { Name = "a", StartsAs = IdentityRole.Staked });
        B = new SimulatedNode(Cluster, new SimulatedNodeOptions { Name = "b", StartsAs = IdentityRole.Unstaked });
        A.StartValidator(TimeSpan.Zero);
        B.StartValidator(TimeSpan.Zero);
    }

    public MemoryCluster Cluster { get; }

    public SimulatedNode A { get; }

    public SimulatedNode B { get; }

    /// <summary>A coordinator of its own, somewhere.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="oneWay">How far it is to the nodes.</param>
    /// <param name="faults">What goes wrong at its seams; null for nothing.</param>
    /// <param name="journal">Its journal; null for one of its own, in memory.</param>
    public SimulatedCoordinator AddCoordinator(string name, TimeSpan oneWay, IFaultPlan? faults = null, IFailoverJournal? journal = null) =>
        new(Cluster, A, B, name, oneWay, faults ?? new NoFaults(), journal ?? new InMemoryFailoverJournal());

    /// <summary>Lets the world go on until a coordinator's work has ended, or the coordinator.</summary>
    /// <returns>What came of it; null if the coordinator has crashed.</returns>
    /// <exception cref="TimeoutException">It did not end within the limit.</exception>
    public T? Complete<T>(SimulatedCoordinator coordinator, Func<Task<T>> work, TimeSpan limit)
        where T : class
    {
        // What waits for an event goes on inside of it; with a context it would be posted to other threads.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Cluster.Events.BindToThisThread();
            var task = work();
            Cluster.RunUntil(() => task.IsCompleted || !coordinator.IsAlive, limit);
            if (Cluster.Events.HasStrayed)
            {
                throw new InvalidOperationException("Something in the run went on on a thread of its own; the same seed would not give the same run.");
            }

            return task.IsCompleted ? task.GetAwaiter().GetResult() : null;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
