namespace Tachyon.Failover.Takeover;

/// <summary>Evidence that the lost node is not voting and cannot resume. Immutable.</summary>
public sealed record TakeoverEvidence
{
    /// <summary>The highest grade that is reached.</summary>
    public required EvidenceGrade Grade { get; init; }

    /// <summary>The facts, a sentence each.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>What would raise the grade, a sentence each; empty if nothing can.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>The grade, and below it the facts and what would raise it.</summary>
    public override string ToString() => string.Join('\n', [$"{Grade}", .. Facts.Select(line => $"  {line}"), .. Missing.Select(line => $"  to raise it: {line}")]);
}
