namespace Tachyon.Failover.Cluster;

/// <summary>The commitment that a bank needs to count for an answer.</summary>
public enum Commitment
{
    /// <summary>The newest bank of the answering node; it may still be skipped.</summary>
    Processed,

    /// <summary>Voted for by two thirds of the stake.</summary>
    Confirmed,

    /// <summary>Rooted by two thirds of the stake: some 32 slots behind.</summary>
    Finalized,
}
