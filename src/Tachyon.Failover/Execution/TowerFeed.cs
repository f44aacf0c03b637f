using Tachyon.Failover.Identities;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Execution;

/// <summary>Listens to a node's towers while a switchover is under way, and remembers when which vote was seen first.</summary>
/// <remarks>Thread-safe. A feed that ends early costs nothing but what it would have shown.</remarks>
internal sealed class TowerFeed : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Pubkey _stakedIdentity;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<SeenVote> _seen = [];
    private readonly Task _listening;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    public TowerFeed(ITowerTransport transport, NodeSide node, Pubkey stakedIdentity, TimeProvider time)
    {
        _stakedIdentity = stakedIdentity;
        _time = time;
        _listening = ListenAsync(transport, node);
    }

    /// <summary>The newest tower that was seen; null if none was.</summary>
    public Tower? Newest { get; private set; }

    /// <summary>When a vote for that slot was first seen; null if it was not.</summary>
    public long? SeenAt(ulong slot)
    {
        lock (_lock)
        {
            return _seen.Find(vote => vote.Slot == slot)?.Timestamp;
        }
    }

    /// <summary>Waits for the first vote after a slot.</summary>
    /// <returns>Null if the feed ended, or the caller gave up.</returns>
    public async Task<SeenVote?> FirstAfterAsync(ulong slot, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Task changed;
            lock (_lock)
            {
                if (_seen.Find(vote => vote.Slot > slot) is { } found)
                {
                    return found;
                }

                if (_ended)
                {
                    return null;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ListenAsync(ITowerTransport transport, NodeSide node)
    {
        try
        {
            await foreach (var file in transport.WatchAsync(node, _stop.Token).ConfigureAwait(false))
            {
                // A damaged tower in the feed is not used for anything.
                if (TowerVerification.Check(file, _stakedIdentity) is { IsUsable: true, Tower: { } tower })
                {
                    Add(tower);
                }
            }
        }
        catch (Exception)
        {
            // The feed is over, whatever a transport of an embedder threw; what needs it says so.
        }
        finally
        {
            Signal(() => _ended = true);
        }
    }

    private void Add(Tower tower) => Signal(() =>
    {
        Newest = tower;
        if (_seen.Count == 0 || _seen[^1].Slot < tower.LastVotedSlot)
        {
            _seen.Add(new SeenVote(tower.LastVotedSlot!.Value, _time.GetTimestamp()));
        }
    });

    private void Signal(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
    }
}
