namespace Tachyon.Failover.Rehearsal;

/// <summary>What the person asked for.</summary>
internal sealed record RehearsalOptions
{
    public required bool OverSsh { get; init; }

    public required bool ByGuide { get; init; }

    public required bool AsJson { get; init; }

    public required int Count { get; init; }

    public required ulong Seed { get; init; }
}
