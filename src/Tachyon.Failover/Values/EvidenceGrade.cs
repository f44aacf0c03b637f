namespace Tachyon.Failover;

/// <summary>How certain it is that the lost node is not voting and cannot resume. A higher grade is more certain; a policy sets the lowest that it accepts.</summary>
public enum EvidenceGrade
{
    /// <summary>There is no evidence.</summary>
    None = 0,

    /// <summary>The operator states it, with a reason that is kept.</summary>
    Asserted = 1,

    /// <summary>According to independent witnesses no vote of it has landed for long enough, and none of its ports answers; or a guard on the node has had the time to demote it.</summary>
    Observed = 2,

    /// <summary>It was demoted over its shell, its process was stopped, or its power was cut; and this was read back.</summary>
    Fenced = 3,
}
