using Tachyon.Failover.Nodes;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Receives a node's towers during a switchover, and remembers when each vote was first seen.</summary>
/// <remarks>
/// Thread-safe. A feed that ends early only lacks its later towers. A waiter continues on the thread that received a tower, never on a thread of its own:
/// the simulated cluster can then control a run's time.
/// </remarks>
internal sealed class TowerFeed : IAsyncDisposable
{
    /// <summary>How many towers are kept in case the newest ones are damaged.</summary>
    private const int Kept = 4;

    /// <summary>How many votes are kept: more than a minute and a half. A switchover that waits for another window listens for hours.</summary>
    private const int VotesKept = 256;

    private readonly CancellationTokenSource _stop = new();
    private readonly Pubkey _stakedIdentity;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<SeenVote> _seen = [];
    private readonly Queue<Tower> _newest = new();
    private readonly Task _listening;
    private TaskCompletionSource _changed = new();
    private long? _endedAt;

    public TowerFeed(ITowerTransport transport, NodeSide node, Pubkey stakedIdentity, TimeProvider time)
    {
        _stakedIdentity = stakedIdentity;
        _time = time;
        _listening = ListenAsync(transport, node);
    }

    /// <summary>The newest undamaged tower; null if there is none.</summary>
    /// <remarks>Signatures are checked when the tower is read, not when it arrives: most towers are only used for their time.</remarks>
    public Tower? Newest
    {
        get
        {
            lock (_lock)
            {
                return _newest.Reverse().FirstOrDefault(tower => TowerVerification.Check(tower.File, _stakedIdentity).IsUsable);
            }
        }
    }

    /// <summary>The newest votes, ascending by slot.</summary>
    public IReadOnlyList<SeenVote> Votes
    {
        get
        {
            lock (_lock)
            {
                return [.. _seen];
            }
        }
    }

    /// <summary>When the feed ended, as a timestamp; null while it runs.</summary>
    public long? EndedAt
    {
        get
        {
            lock (_lock)
            {
                return _endedAt;
            }
        }
    }

    /// <summary>When a vote for that slot was first seen; null if never.</summary>
    public long? SeenAt(ulong slot)
    {
        lock (_lock)
        {
            return _seen.Find(vote => vote.Slot == slot)?.Timestamp;
        }
    }

    /// <summary>Waits for the first vote after a slot.</summary>
    /// <returns>Null if the feed ended or the caller canceled.</returns>
    public async Task<SeenVote?> FirstAfterAsync(ulong slot, CancellationToken cancellationToken)
    {
        // Towers that arrived before this call count as well.
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_seen.Find(vote => vote.Slot > slot) is { } found)
                {
                    return found;
                }

                if (_endedAt is not null || cancellationToken.IsCancellationRequested)
                {
                    return null;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.CancelHere();
        await _listening.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ListenAsync(ITowerTransport transport, NodeSide node)
    {
        try
        {
            await foreach (var file in transport.StreamAsync(node, _stop.Token).ConfigureAwait(false))
            {
                if (TryDecode(file) is { LastVotedSlot: not null } tower)
                {
                    Add(tower);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The feed has ended. Each user of the feed reports what it lacks.
        }
        finally
        {
            Signal(() => _endedAt = _time.GetTimestamp());
        }
    }

    private static Tower? TryDecode(TowerFile file)
    {
        try
        {
            return Tower.Decode(file);
        }
        catch (TowerFormatException)
        {
            // A damaged tower in the feed is not used.
            return null;
        }
    }

    private void Add(Tower tower) => Signal(() =>
    {
        _newest.Enqueue(tower);
        if (_newest.Count > Kept)
        {
            _newest.Dequeue();
        }

        if (_seen.Count == 0 || _seen[^1].Slot < tower.LastVotedSlot)
        {
            _seen.Add(new SeenVote(tower.LastVotedSlot!.Value, _time.GetTimestamp()));
            if (_seen.Count > VotesKept)
            {
                _seen.RemoveAt(0);
            }
        }
    });

    private void Signal(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            changed = _changed;
            _changed = new TaskCompletionSource();
        }

        changed.TrySetResult();
    }
}
