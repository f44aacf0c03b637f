namespace Tachyon.Failover.Protocol;

/// <summary>Which node has the newest tower of the staked identity, of those that may be used.</summary>
internal enum NewestTower
{
    /// <summary>It was not found out.</summary>
    Unknown,

    /// <summary>None: there is no tower, or the chain has a vote that no tower holds.</summary>
    None,

    /// <summary>The source has it.</summary>
    Source,

    /// <summary>The target has it.</summary>
    Target,

    /// <summary>Both have the same votes.</summary>
    Both,

    /// <summary>One cannot be used, or neither has grown out of the other: there may be votes that the other does not know.</summary>
    Contradictory,
}
