namespace Tachyon.Failover.Watch;

/// <summary>What one RPC node of the cluster said of the vote account. Immutable.</summary>
public sealed record WitnessLook
{
    /// <summary>The witness's name, as a person will know it.</summary>
    public required string Name { get; init; }

    /// <summary>The newest slot that it has processed; null if it did not say.</summary>
    public ulong? Slot { get; init; }

    /// <summary>The newest slot that the vote account has a landed vote for, as it sees it; null if it did not say.</summary>
    public ulong? LastVote { get; init; }

    /// <summary>Whether it counts the validator as delinquent, which it does after 128 slots without a landed vote; null if it did not say.</summary>
    public bool? IsDelinquent { get; init; }

    /// <summary>How long its answer took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Why it said nothing; null if it did.</summary>
    public string? Failure { get; init; }
}
