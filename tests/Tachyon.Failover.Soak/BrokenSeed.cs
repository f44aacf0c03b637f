namespace Tachyon.Failover.Soak;

/// <summary>A seed whose run broke an invariant.</summary>
internal sealed record BrokenSeed(ulong Seed, string What);
