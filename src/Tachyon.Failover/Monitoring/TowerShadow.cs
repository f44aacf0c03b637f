using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Monitoring;

/// <summary>The newest tower of the active node that a watch has seen, verified.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class TowerShadow
{
    /// <summary>The newest tower; null before the first.</summary>
    public TowerFile? Newest { get; private set; }
}
