namespace Tachyon.Failover.Testing.Simulation;

/// <summary>The judge of a simulated pair saw something that must never be. To see it again, make the pair with the same seed and do the same.</summary>
public sealed class BrokenInvariantException : Exception
{
    internal BrokenInvariantException(ulong seed, IReadOnlyList<BrokenInvariant> broken)
        : base($"What must never be, and was, in the simulated pair with the seed {seed}:{string.Concat(broken.Select(one => $"{Environment.NewLine}  {one}"))}")
    {
        Seed = seed;
        Broken = [.. broken];
    }

    /// <summary>The seed of the pair.</summary>
    public ulong Seed { get; }

    /// <summary>What was broken, each invariant once, in the order in which it was seen.</summary>
    public IReadOnlyList<BrokenInvariant> Broken { get; }
}
