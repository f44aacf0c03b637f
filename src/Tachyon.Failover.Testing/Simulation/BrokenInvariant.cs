using System.Globalization;

namespace Tachyon.Failover.Testing.Simulation;

/// <summary>A broken invariant. Immutable.</summary>
public sealed record BrokenInvariant
{
    /// <summary>The invariant that was broken.</summary>
    public required Invariant Invariant { get; init; }

    /// <summary>When, counted from the beginning of the world.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>The observation.</summary>
    public required string Seen { get; init; }

    /// <summary>Invariant, time and observation in one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Invariant} at {At.TotalSeconds:0.000} s: {Seen}");
}
