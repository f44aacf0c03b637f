using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Cli.Status;

/// <summary>The slot clock: asks for the slot from time to time and extrapolates in between. Also tells what the leader schedule says of the staked identity.</summary>
internal sealed class SlotWatch(ValidatorPair pair, FailoverOptions options, TimeProvider time)
{
    private readonly Lock _turn = new();
    private (ulong Slot, long At)? _first;
    private (ulong Slot, long At)? _newest;
    private EpochInfo? _epoch;
    private LeaderSchedule? _leader;

    /// <summary>Asks for the slot once. Asks for the schedule the first time, and after the end of an epoch.</summary>
    /// <returns>Why no node answered; null if a node answered.</returns>
    public async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var epoch = await pair.Cluster.GetEpochInfoAsync(Commitment.Processed, cancellationToken);
            var at = time.GetTimestamp();
            var leader = _epoch?.Epoch == epoch.Epoch ? _leader : await LeaderSchedule.AskAsync(pair.Cluster, pair.StakedIdentity, epoch, cancellationToken);
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

    /// <summary>The current values; null until a node has answered.</summary>
    public SlotReading? Read()
    {
        lock (_turn)
        {
            if (_newest is not { } newest || _epoch is null || _leader is null || _first is not { } first)
            {
                return null;
            }

            // A few slots are too few to measure a slot's length: the first slot may be nearly over when it is first read.
            var watched = newest.Slot - first.Slot;
            var length = watched >= 20 ? time.GetElapsedTime(first.At, newest.At) / watched : options.Slot;
            var now = newest.Slot + (ulong)(time.GetElapsedTime(newest.At) / length);
            return new SlotReading(now, length, watched >= 20, _epoch, _leader, options.MinimumIdle);
        }
    }
}
