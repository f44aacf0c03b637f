namespace Tachyon.Failover;

/// <summary>Whether a node's validator reports its identity.</summary>
public enum NodeCondition
{
    /// <summary>The node could not be reached, or did not report: its validator may run and vote.</summary>
    Unreachable,

    /// <summary>It reports its identity.</summary>
    Running,

    /// <summary>It has not finished its start. It will run the identity to which its link pointed when the start began.</summary>
    Starting,

    /// <summary>The node reports that no validator runs.</summary>
    NotRunning,
}
