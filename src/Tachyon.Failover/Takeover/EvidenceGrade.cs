namespace Tachyon.Failover.Takeover;

/// <summary>How sure it is that the lost node does not vote, and will not. The higher, the surer; a policy names the least that it takes.</summary>
public enum EvidenceGrade
{
    /// <summary>Nothing speaks for it.</summary>
    None = 0,

    /// <summary>A person says so, with a reason that is kept.</summary>
    Asserted = 1,

    /// <summary>No vote of it has landed for long enough, as independent witnesses see it, and none of its ports answers; or a guard on the node has had the time to demote it.</summary>
    Observed = 2,

    /// <summary>It was demoted over its shell, or its process was stopped, or its power was cut; and that was read back.</summary>
    Fenced = 3,
}
