using Tachyon.Failover.Journal;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Nodes;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

/// <summary>
/// A simulated world that runs by itself while a test waits for a call into it, for the contract suites, which use real time. Everything in it happens
/// under one lock. Results are passed to other threads.
/// </summary>
/// <remarks>
/// Its time passes in ticks of a fixed length, and only during a call. It never catches up, so a busy machine slows the whole world down, and no single call
/// becomes later than another.
/// </remarks>
internal sealed class RunningWorld : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private readonly PeriodicTimer _timer = new(Tick, TimeProvider.System);
    private readonly TimeSpan _perTick;
    private readonly Task _loop;
    private int _waiting;

    /// <summary>Creates a world with two nodes without validators.</summary>
    /// <param name="speed">How much faster than the system's its time is; 0 for a world without time.</param>
    public RunningWorld(double speed)
    {
        _perTick = Tick * speed;
        Cluster = new MemoryCluster(new ChainOptions { LeaderShare = 0 });
        A = new SimulatedNode(Cluster, new SimulatedNodeOptions { Name = "a", StartsAs = IdentityRole.Staked });
        B = new SimulatedNode(Cluster, new SimulatedNodeOptions { Name = "b", StartsAs = IdentityRole.Unstaked });
        _loop = GoOnAsync();
    }

    public MemoryCluster Cluster { get; }

    public SimulatedNode A { get; }

    public SimulatedNode B { get; }

    public SimulatedCoordinator Coordinator(string name, IFaultPlan? faults = null, double oneWayMilliseconds = 1) => Ask(() => new SimulatedCoordinator(
        Cluster, A, B, name, TimeSpan.FromMilliseconds(oneWayMilliseconds), faults, new InMemoryFailoverJournal()));

    /// <summary>The same seam for callers outside of the world.</summary>
    public T Through<T>(T seam)
        where T : class => WorldProxy.Of(seam, this);

    /// <summary>Runs an action in the world, at its present time.</summary>
    public void Do(Action action) => Ask(() =>
    {
        action();
        return true;
    });

    public T Ask<T>(Func<T> question)
    {
        // Awaiting code continues inside its event. A synchronization context would post it to other threads.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            lock (_gate)
            {
                return question();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Makes a call in the world and waits for it outside, while the world runs.</summary>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken = default)
    {
        var handedOver = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var inside = new CancellationTokenSource();
        using var before = Forward(inside, cancellationToken);
        Do(() => _ = HandOverAsync());
        try
        {
            return await handedOver.Task;
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == inside.Token)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }

        async Task HandOverAsync()
        {
            Interlocked.Increment(ref _waiting);
            try
            {
                var result = await call(inside.Token).ConfigureAwait(false);
                Interlocked.Decrement(ref _waiting);
                handedOver.TrySetResult(result);
            }
            catch (Exception exception)
            {
                Interlocked.Decrement(ref _waiting);
                handedOver.TrySetException(exception);
            }
        }
    }

    /// <summary>Cancels the world's token together with the outer one.</summary>
    public CancellationTokenRegistration Forward(CancellationTokenSource inside, CancellationToken outside) =>
        outside.UnsafeRegister(_ => Do(inside.Cancel), null);

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop;
    }

    private async Task GoOnAsync()
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            Do(() =>
            {
                var end = Cluster.Events.Now + _perTick;
                while (Volatile.Read(ref _waiting) > 0 && Cluster.Events.NextAt is { } next && next <= end)
                {
                    Cluster.Events.Step();
                }

                if (Volatile.Read(ref _waiting) > 0)
                {
                    Cluster.Events.MoveTo(end);
                }
            });
        }
    }
}
