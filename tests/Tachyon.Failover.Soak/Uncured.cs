namespace Tachyon.Failover.Soak;

/// <summary>What the soak leaves out because the library has no cure for it yet. Empty when kind 11 of safety.md is closed.</summary>
internal static class Uncured
{
    /// <summary>Results are held against the truth in runs with faults (E1, H6).</summary>
    public static readonly bool TruthWithFaults;

    /// <summary>A part of the pair throws (C1).</summary>
    public static readonly bool PartsThrow;
}
