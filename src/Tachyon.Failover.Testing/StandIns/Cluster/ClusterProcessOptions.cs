namespace Tachyon.Failover.Testing.StandIns.Cluster;

/// <summary>The options that the cluster process gets at its start.</summary>
internal sealed record ClusterProcessOptions
{
    public required StandInClient Client { get; init; }

    public required ulong Seed { get; init; }

    public required double SlotMilliseconds { get; init; }

    public required ulong SlotsPerEpoch { get; init; }

    public required ulong StartSlot { get; init; }

    public required double SkippedSlots { get; init; }

    public required double LateVotes { get; init; }

    public required double LostVotes { get; init; }

    public required double LeaderShare { get; init; }

    public required string Staked { get; init; }

    public required string VoteAccount { get; init; }

    public required string Big { get; init; }

    public required string BigVoteAccount { get; init; }

    public required string HistoryNode { get; init; }
}
