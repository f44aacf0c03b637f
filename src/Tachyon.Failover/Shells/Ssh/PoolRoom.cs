namespace Tachyon.Failover.Shells.Ssh;

/// <summary>One more thread in the thread pool, for a thread that SSH.NET blocks, until it is disposed.</summary>
/// <remarks>
/// SSH.NET serves each forwarded connection on a pool thread, and blocks it as long as the connection is open. The pool starts with as many threads as processors,
/// and a busy machine adds one only every few seconds. On two processors, two connections make the rest of the program wait that long.
/// So the thread is added before the connection opens: afterwards there might be none to add it.
/// </remarks>
internal sealed class PoolRoom : IDisposable
{
    private static readonly Lock Lock = new();

    private bool _isMade;

    private PoolRoom(bool isMade) => _isMade = isMade;

    /// <summary>Raises the minimum of the pool by one, unless the embedder does not want that.</summary>
    public static PoolRoom Make(bool isWanted)
    {
        lock (Lock)
        {
            return new PoolRoom(isWanted && Change(1));
        }
    }

    /// <summary>Lowers it again. May be repeated.</summary>
    public void Dispose()
    {
        lock (Lock)
        {
            _isMade = _isMade && !Change(-1);
        }
    }

    // Changes it by the difference, because the embedder may have set a minimum as well.
    private static bool Change(int by)
    {
        ThreadPool.GetMinThreads(out var workers, out var completionPorts);
        return ThreadPool.SetMinThreads(workers + by, completionPorts);
    }
}
