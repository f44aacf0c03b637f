using Tachyon.Failover.Cluster;
using Tachyon.Failover.Schedule;

namespace Tachyon.Failover.Cli.Status;

/// <summary>The slot clock: asks for the slot now and then, and counts on in between; and what the leader schedule says of the staked identity.</summary>
internal sealed class SlotWatch(ValidatorPair pair, FailoverOptions options, TimeProvider time)
{
    private readonly Lock _turn = new();
    private (ulong Slot, long At)? _first;
    private (ulong Slot, long At)? _newest;
    private EpochInfo? _epoch;
    private LeaderSlots? _leader;

    /// <summary>Asks once. The schedule is asked for with the first, and when the epoch has ended.</summary>
    /// <returns>Why it could not be asked; null if it could.</returns>
    public async Task<string?> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var epoch = await pair.Cluster.GetEpochInfoAsync(Commitment.Processed, cancellationToken);
            var at = time.GetTimestamp();
            var leader = _epoch?.Epoch == epoch.Epoch ? _leader : await LeaderSlots.AskAsync(pair.Cluster, pair.StakedIdentity, epoch, cancellationToken);
            lock (_turn)
            {
                (_epoch, _leader) = (epoch, leader);
                _first ??= (epoch.AbsoluteSlot, at);
                if (_newest is not { } newest || epoch.AbsoluteSlot > newest.Slot)
                {
                    _newest = (epoch.AbsoluteSlot, at);
                }
            }

            return null;
        }
        catch (ClusterRpcException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>What it shows now; null if nobody could be asked yet.</summary>
    public SlotReading? Read()
    {
        lock (_turn)
        {
            if (_newest is not { } newest || _epoch is null || _leader is null || _first is not { } first)
            {
                return null;
            }

            // A few slots tell nothing of their length: the slot that was begun when the first look came may be nearly over.
            var watched = newest.Slot - first.Slot;
            var length = watched >= 20 ? time.GetElapsedTime(first.At, newest.At) / watched : options.Slot;
            var now = newest.Slot + (ulong)(time.GetElapsedTime(newest.At) / length);
            return new SlotReading(now, length, watched >= 20, _epoch, _leader, options.MinimumIdle);
        }
    }
}
