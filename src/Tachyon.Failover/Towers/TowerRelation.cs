namespace Tachyon.Failover.Towers;

/// <summary>The relation of a tower to another one of the same identity.</summary>
internal enum TowerRelation
{
    /// <summary>Neither extends the other. A validator that voted with both has broken a lockout or lost votes.</summary>
    Diverged = 0,

    /// <summary>Both hold the same votes, for the same block.</summary>
    Same = 1,

    /// <summary>It extends the other one, and lacks no vote that still binds.</summary>
    Newer = 2,

    /// <summary>The other one extends it.</summary>
    Older = 3,
}
