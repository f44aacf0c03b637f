namespace Tachyon.Failover.Takeover;

/// <summary>What speaks for it that the lost node does not vote, and will not. Immutable.</summary>
public sealed record TakeoverEvidence
{
    /// <summary>The highest grade that is reached.</summary>
    public required EvidenceGrade Grade { get; init; }

    /// <summary>What was seen, a sentence each.</summary>
    public required IReadOnlyList<string> Seen { get; init; }

    /// <summary>What would make the grade higher, a sentence each; empty if nothing can.</summary>
    public required IReadOnlyList<string> WouldRaise { get; init; }

    /// <summary>The grade, and below it what was seen and what would raise it.</summary>
    public override string ToString() => string.Join('\n', [$"{Grade}", .. Seen.Select(line => $"  {line}"), .. WouldRaise.Select(line => $"  to raise it: {line}")]);
}
