namespace Tachyon.Failover.Rehearsal;

/// <summary>What the person asked for.</summary>
internal sealed record RehearsalOptions
{
    /// <summary>How the nodes are reached; null for local shells.</summary>
    public required SshClientKind? Ssh { get; init; }

    public required bool ByGuide { get; init; }

    public required bool AsJson { get; init; }

    public required int Count { get; init; }

    public required ulong Seed { get; init; }
}
