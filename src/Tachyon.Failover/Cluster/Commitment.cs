namespace Tachyon.Failover.Cluster;

/// <summary>How settled a bank must be for an answer to speak of it.</summary>
public enum Commitment
{
    /// <summary>The newest bank of the node that answers; it may yet be skipped.</summary>
    Processed,

    /// <summary>Voted for by two thirds of the stake.</summary>
    Confirmed,

    /// <summary>Rooted by two thirds of the stake: some 32 slots behind.</summary>
    Finalized,
}
