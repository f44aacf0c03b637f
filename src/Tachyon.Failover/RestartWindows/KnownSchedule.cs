using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.RestartWindows;

/// <summary>The leader slots of an identity, and the epoch in which they were requested.</summary>
internal sealed record KnownSchedule(EpochInfo Epoch, LeaderSlots Leader)
{
    public ulong EndOfEpoch => Epoch.FirstSlot + Epoch.SlotsInEpoch;

    public bool HasNextEpoch => Leader.EndSlot > EndOfEpoch;
}
