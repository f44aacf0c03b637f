namespace Tachyon.Failover.Decisions;

/// <summary>Which node has the newest usable tower of the staked identity.</summary>
internal enum NewestTower
{
    /// <summary>It could not be found out.</summary>
    Unknown,

    /// <summary>None: there is no tower, or the chain has a vote that no tower holds.</summary>
    None,

    /// <summary>The source has it.</summary>
    Source,

    /// <summary>The target has it.</summary>
    Target,

    /// <summary>Both have the same votes.</summary>
    Both,

    /// <summary>One tower cannot be used, or neither extends the other: each may lack votes of the other.</summary>
    Contradictory,
}
