namespace Tachyon.Failover.Rehearsal;

/// <summary>What the person asked for.</summary>
internal sealed record RehearsalOptions
{
    /// <summary>How the nodes are reached; null for local shells.</summary>
    public required SshClientKind? Ssh { get; init; }

    public required bool ByGuide { get; init; }

    public required bool AsJson { get; init; }

    /// <summary>Where the picture of the last switchover goes; null for nowhere.</summary>
    public required FileInfo? Picture { get; init; }

    public required int Count { get; init; }

    public required ulong Seed { get; init; }
}
