namespace Tachyon.Failover.Shells.Ssh;

/// <summary>Room in the thread pool for the threads that SSH.NET keeps to itself.</summary>
/// <remarks>
/// It serves each forwarded connection on a thread of the pool, which it holds for as long as the connection is open. The pool begins with as many threads as the machine has
/// processors, and adds one every half second: on two processors, two connections would make everything else in the program wait for that long.
/// </remarks>
internal static class PoolRoom
{
    private static readonly Lock Lock = new();
    private static int _added;

    /// <summary>Has the pool keep one thread more at hand.</summary>
    public static void Add()
    {
        lock (Lock)
        {
            _added += Change(1) ? 1 : 0;
        }
    }

    /// <summary>Takes that back.</summary>
    public static void Remove()
    {
        lock (Lock)
        {
            _added -= _added > 0 && Change(-1) ? 1 : 0;
        }
    }

    // By the difference, and not to a number of our own: the embedder may have set one as well.
    private static bool Change(int by)
    {
        ThreadPool.GetMinThreads(out var workers, out var completionPorts);
        return ThreadPool.SetMinThreads(workers + by, completionPorts);
    }
}
