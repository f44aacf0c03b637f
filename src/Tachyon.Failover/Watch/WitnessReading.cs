namespace Tachyon.Failover.Watch;

/// <summary>The answer of one RPC node of the cluster about the vote account. Immutable.</summary>
public sealed record WitnessReading
{
    /// <summary>The witness's name, for the operator.</summary>
    public required string Name { get; init; }

    /// <summary>The newest slot that it has processed; null if unknown.</summary>
    public ulong? Slot { get; init; }

    /// <summary>The newest slot for which it sees a landed vote of the account; null if unknown.</summary>
    public ulong? LastVote { get; init; }

    /// <summary>Whether it counts the validator as delinquent, which it does after 128 slots without a landed vote; null if unknown.</summary>
    public bool? IsDelinquent { get; init; }

    /// <summary>How long its answer took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Why it did not answer; null if it did.</summary>
    public string? Failure { get; init; }
}
