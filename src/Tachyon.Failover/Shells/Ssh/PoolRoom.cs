namespace Tachyon.Failover.Shells.Ssh;

/// <summary>Room in the thread pool for one thread that SSH.NET keeps to itself, until it is disposed.</summary>
/// <remarks>
/// It serves each forwarded connection on a thread of the pool, which it holds for as long as the connection is open. The pool begins with as many threads as the machine has
/// processors, and on a busy machine it adds one only every few seconds: on two processors, two connections make everything else in the program wait for that long. So the room is made before
/// the connection is: what would open it could not run any more afterwards.
/// </remarks>
internal sealed class PoolRoom : IDisposable
{
    private static readonly Lock Lock = new();

    private bool _isMade;

    private PoolRoom(bool isMade) => _isMade = isMade;

    /// <summary>Has the pool keep one thread more at hand; nothing if the embedder does not want that.</summary>
    public static PoolRoom Make(bool isWanted)
    {
        lock (Lock)
        {
            return new PoolRoom(isWanted && Change(1));
        }
    }

    /// <summary>Takes that back. May be repeated.</summary>
    public void Dispose()
    {
        lock (Lock)
        {
            _isMade = _isMade && !Change(-1);
        }
    }

    // By the difference, and not to a number of our own: the embedder may have set one as well.
    private static bool Change(int by)
    {
        ThreadPool.GetMinThreads(out var workers, out var completionPorts);
        return ThreadPool.SetMinThreads(workers + by, completionPorts);
    }
}
