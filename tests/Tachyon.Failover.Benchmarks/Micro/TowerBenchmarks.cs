using BenchmarkDotNet.Attributes;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Benchmarks.Micro;

/// <summary>What stands in the gap, besides the journal: the final tower is decoded, its signature verified, its digest made.</summary>
[MemoryDiagnoser]
public class TowerBenchmarks
{
    private byte[] _bytes = null!;
    private Pubkey _identity = null!;

    /// <summary>A recorded tower with a full stack.</summary>
    [GlobalSetup]
    public void Load()
    {
        var file = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "towers"), "*.bin").Order(StringComparer.Ordinal).First();
        _bytes = File.ReadAllBytes(file);
        _identity = Tower.Decode(new TowerFile(_bytes)).Node;
    }

    /// <summary>Reading the bytes.</summary>
    [Benchmark(Baseline = true)]
    public Tower Decode() => Tower.Decode(new TowerFile(_bytes));

    /// <summary>Reading and verifying, as the seal does.</summary>
    [Benchmark]
    public bool Verify() => TowerVerification.Check(new TowerFile(_bytes), _identity).IsUsable;

    /// <summary>What the promotion names.</summary>
    [Benchmark]
    public string Digest() => new TowerFile(_bytes).Digest;
}
