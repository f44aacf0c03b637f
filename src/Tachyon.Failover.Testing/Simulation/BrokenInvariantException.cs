namespace Tachyon.Failover.Testing.Simulation;

/// <summary>The judge of a simulated pair saw a broken invariant. To see it again, create the pair with the same seed and repeat the run.</summary>
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

    /// <summary>The broken invariants, each once, in the order of observation.</summary>
    public IReadOnlyList<BrokenInvariant> Broken { get; }
}
