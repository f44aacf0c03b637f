namespace Tachyon.Failover.Benchmarks.Endurance;

/// <summary>What the person asked for.</summary>
internal sealed record EnduranceOptions
{
    public required int Count { get; init; }

    public required ShellKind Shell { get; init; }

    /// <summary>Whether each switchover gets shells and a pair of its own.</summary>
    public required bool MakesAnew { get; init; }

    public required TimeSpan Slot { get; init; }

    public required ulong Seed { get; init; }
}
