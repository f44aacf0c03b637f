namespace Tachyon.Failover.Towers;

/// <summary>What a tower is to another one of the same identity.</summary>
public enum TowerRelation
{
    /// <summary>Both hold the same votes, for the same block.</summary>
    Same,

    /// <summary>It can have grown out of the other one: it forgets no vote that still binds.</summary>
    Newer,

    /// <summary>The other one can have grown out of it.</summary>
    Older,

    /// <summary>Neither can have grown out of the other. A validator that voted by both has broken a lockout or forgotten votes.</summary>
    Diverged,
}
