namespace Tachyon.Failover.Testing.Simulation.Time;

/// <summary>Random numbers from a seed. Every part of the model has its own, so that the draws of one part do not change another's.</summary>
internal sealed class SeededRandom
{
    private readonly Random _random;

    public SeededRandom(ulong seed, string part)
    {
        // FNV-1a: string.GetHashCode differs from run to run.
        var hash = seed ^ 14695981039346656037UL;
        foreach (var c in part)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        _random = new Random((int)(hash ^ (hash >> 32)));
    }

    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>A number from 0 to below the limit.</summary>
    public int Index(int count) => _random.Next(count);

    public double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    public TimeSpan Milliseconds(double low, double high) => TimeSpan.FromMilliseconds(Between(low, high));
}
