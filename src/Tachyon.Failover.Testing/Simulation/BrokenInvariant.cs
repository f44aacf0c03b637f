using System.Globalization;

namespace Tachyon.Failover.Testing.Simulation;

/// <summary>Something that must never be, and was. Immutable.</summary>
public sealed record BrokenInvariant
{
    /// <summary>Which invariant.</summary>
    public required Invariant Invariant { get; init; }

    /// <summary>When, counted from the beginning of the world.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>What was seen.</summary>
    public required string Seen { get; init; }

    /// <summary>All of it in a line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Invariant} at {At.TotalSeconds:0.000} s: {Seen}");
}
