namespace Tachyon.Failover.Towers;

/// <summary>The relation of a tower to another one of the same identity.</summary>
public enum TowerRelation
{
    /// <summary>Both hold the same votes, for the same block.</summary>
    Same,

    /// <summary>It extends the other one, and lacks no vote that still binds.</summary>
    Newer,

    /// <summary>The other one extends it.</summary>
    Older,

    /// <summary>Neither extends the other. A validator that voted with both has broken a lockout or lost votes.</summary>
    Diverged,
}
