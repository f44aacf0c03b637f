using System.Globalization;

namespace Tachyon.Failover.Benchmarks.TowerCopies;

/// <summary>What was measured.</summary>
/// <param name="Idle">The share of a core that the node's sshd takes without a watch.</param>
/// <param name="Watched">The same with a watch that keeps the tower copy.</param>
/// <param name="SlotsKept">By how many slots the newest kept tower advanced in that time.</param>
/// <param name="Length">How long each was measured.</param>
internal sealed record TowerCopyCost(double Idle, double Watched, ulong SlotsKept, TimeSpan Length)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| the active node's sshd and all below it | of a core |\n|---|---|\n| no watch runs | {Idle:P2} |\n| a watch keeps the tower copy | {Watched:P2} |\n\n{Length.TotalSeconds:0} s each; the newest kept tower advanced by {SlotsKept} slots.");
}
