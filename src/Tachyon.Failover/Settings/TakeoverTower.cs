namespace Tachyon.Failover;

/// <summary>With which tower the target may be promoted. Each value includes those above it.</summary>
public enum TakeoverTower
{
    /// <summary>The lost node's own, read from its disk after its fencing: it is final.</summary>
    FromNode = 0,

    /// <summary>The newest tower copy of a monitor, if it holds the votes that have landed.</summary>
    FromCopy = 1,

    /// <summary>
    /// None: the validator rebuilds one from the landed votes. It forgets votes that have not landed, so the target might contradict them, for which its stake can be penalized. The takeover
    /// waits until such votes no longer bind (docs/safety.md).
    /// </summary>
    FromChain = 2,
}
