using Microsoft.Extensions.Logging;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Telemetry;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover;

/// <summary>The tower copy: the newest verified tower of the active node that a monitor has seen, also kept on the inactive node.</summary>
/// <remarks>
/// Thread-safe. A tower is never kept if it is damaged, of another identity, or not newer than the present copy. The copy on the inactive node outlives the monitor: the next monitor begins with it.
/// </remarks>
internal sealed class TowerCopy
{
    /// <summary>How long to wait before a tower stream that has ended is started again.</summary>
    public static readonly TimeSpan BetweenFeeds = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ValidatorPair _pair;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private Tower? _newest;
    private ulong? _stored;
    private ulong? _slot;
    private bool _storeIsRead;
    private Task _storing = Task.CompletedTask;
    private volatile bool _isFed;

    public TowerCopy(ValidatorPair pair, ILogger logger, TimeProvider time)
    {
        _pair = pair;
        _logger = logger;
        _time = time;
        _storeIsRead = pair.Target.TowerCopies is null;
    }

    /// <summary>The newest tower; null before the first.</summary>
    public TowerFile? Newest => NewestTower?.File;

    /// <summary>Its newest vote; null before the first.</summary>
    public ulong? NewestSlot => NewestTower?.LastVotedSlot;

    /// <summary>How many slots the newest witness is ahead of that; null if either is unknown.</summary>
    public ulong? AgeInSlots
    {
        get
        {
            lock (_lock)
            {
                return _slot is { } slot && _newest?.LastVotedSlot is { } vote ? slot > vote ? slot - vote : 0 : null;
            }
        }
    }

    /// <summary>The newest vote in the copy on the inactive node; null if there is none.</summary>
    public ulong? StoredSlot
    {
        get
        {
            lock (_lock)
            {
                return _stored;
            }
        }
    }

    /// <summary>Whether the tower stream of the active node runs, as far as is known: it has delivered a tower since its start.</summary>
    public bool IsFed => _isFed;

    private Tower? NewestTower
    {
        get
        {
            lock (_lock)
            {
                return _newest;
            }
        }
    }

    /// <summary>Records the newest slot of a witness.</summary>
    public void Note(ulong? slot)
    {
        lock (_lock)
        {
            _slot = slot ?? _slot;
        }
    }

    /// <summary>Keeps the towers of the active node, until it is canceled. Throws nothing.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Stage(cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            await ListenAsync(cancellationToken).ConfigureAwait(false);
            _isFed = false;
            await _time.PauseAsync(BetweenFeeds, cancellationToken).ConfigureAwait(false);
            Stage(cancellationToken);
        }

        await _storing.ConfigureAwait(false);
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var reason = "it ended";
        try
        {
            await foreach (var file in _pair.Towers.StreamAsync(NodeSide.Source, cancellationToken).ConfigureAwait(false))
            {
                _isFed = true;
                if (TryKeep(file, "the active node's"))
                {
                    Stage(cancellationToken);
                }
            }
        }
        catch (Exception exception)
        {
            // After any exception of an embedder's transport the stream is started again.
            reason = exception.Message;
        }

        if (!cancellationToken.IsCancellationRequested && _isFed)
        {
            FailoverLog.TowerStreamEnded(_logger, _pair.Source.Name, reason);
        }
    }

    private bool TryKeep(TowerFile file, string whose)
    {
        if (NewestTower is { } newest && newest.File.Equals(file))
        {
            return false;
        }

        var verdict = TowerVerification.Check(file, _pair.StakedIdentity);
        if (!verdict.IsUsable)
        {
            FailoverLog.TowerCopyRefused(_logger, whose, verdict.Reason);
            return false;
        }

        lock (_lock)
        {
            if (_newest?.LastVotedSlot >= verdict.Tower.LastVotedSlot)
            {
                return false;
            }

            _newest = verdict.Tower;
            return true;
        }
    }

    /// <summary>Writes the newest tower to the inactive node, unless a write is in progress; that one continues with the newest tower.</summary>
    private void Stage(CancellationToken cancellationToken)
    {
        if (_pair.Target.TowerCopies is { } store && _storing.IsCompleted)
        {
            _storing = StageAsync(store, cancellationToken);
        }
    }

    private async Task StageAsync(ITowerCopyStore store, CancellationToken cancellationToken)
    {
        try
        {
            // Read before the first write: an earlier monitor may have left a newer one.
            if (!_storeIsRead && !await ReadAsync(store, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            while (!cancellationToken.IsCancellationRequested && NewestTower is { } newest && newest.LastVotedSlot is { } slot && !(slot <= StoredSlot))
            {
                var stored = await store.StoreAsync(newest.File, cancellationToken).ConfigureAwait(false);
                if (!stored.IsDone)
                {
                    // The next tower is the next try.
                    FailoverLog.TowerCopyNotStored(_logger, _pair.Target.Name, stored.ToString());
                    return;
                }

                lock (_lock)
                {
                    _stored = slot;
                }
            }
        }
        catch (Exception exception)
        {
            // A store of an embedder may throw anything.
            FailoverLog.TowerCopyNotStored(_logger, _pair.Target.Name, exception.Message);
        }
    }

    private async Task<bool> ReadAsync(ITowerCopyStore store, CancellationToken cancellationToken)
    {
        var read = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (read.IsDone)
        {
            var staged = TowerVerification.Check(read.Value, _pair.StakedIdentity);
            TryKeep(read.Value, "the staged");
            lock (_lock)
            {
                _stored = staged.IsUsable ? staged.Tower.LastVotedSlot : null;
            }
        }
        else if (read.Call.Failure != CallFailure.TowerMissing)
        {
            FailoverLog.TowerCopyNotStored(_logger, _pair.Target.Name, read.Call.ToString());
            return false;
        }

        _storeIsRead = true;
        return true;
    }
}
