using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.RestartWindows;

/// <summary>A leader schedule, and when its epoch information was read.</summary>
/// <param name="Known">The schedule.</param>
/// <param name="At">A timestamp of the reader's <see cref="TimeProvider"/>, after the answer: a slot time that is measured from it is a lower bound.</param>
internal sealed record ScheduleReading(KnownSchedule Known, long At)
{
    /// <summary>Asks an RPC for the present epoch, and for the leader slots of it and the next.</summary>
    public static async Task<ScheduleReading> AskAsync(IClusterRpc cluster, Pubkey identity, TimeProvider time, CancellationToken cancellationToken)
    {
        var epoch = await cluster.GetEpochInfoAsync(Commitment.Processed, cancellationToken).ConfigureAwait(false);
        var at = time.GetTimestamp();
        return new ScheduleReading(new KnownSchedule(epoch, await LeaderSlots.AskAsync(cluster, identity, epoch, cancellationToken).ConfigureAwait(false)), at);
    }
}
