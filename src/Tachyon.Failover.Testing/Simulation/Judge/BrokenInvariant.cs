namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>Something that must never be, and was.</summary>
/// <param name="Invariant">Which invariant.</param>
/// <param name="At">When, counted from the beginning of the world.</param>
/// <param name="What">What was seen.</param>
internal sealed record BrokenInvariant(Invariant Invariant, TimeSpan At, string What)
{
    public override string ToString() => $"{Invariant} at {At.TotalSeconds:0.000} s: {What}";
}
