namespace Tachyon.Failover.Takeover;

/// <summary>Which tower the target may take the identity with. Each allows those above it as well.</summary>
public enum TakeoverTower
{
    /// <summary>The lost node's own, from its disk, read behind its fencing: it is final.</summary>
    Own = 0,

    /// <summary>The newest that a watch has kept, if it holds what has landed on the chain.</summary>
    Shadow = 1,

    /// <summary>
    /// None: the validator makes one up from what has landed. Votes that have not landed are forgotten, so the target might vote against them, for which its stake can be held to account. Waited for
    /// until they can bind nothing any more (docs/safety.md).
    /// </summary>
    FromChain = 2,
}
