namespace Tachyon.Failover;

/// <summary>Whether a node's validator says who it is.</summary>
public enum NodeCondition
{
    /// <summary>The node could not be reached, or did not say: its validator may be running, and voting.</summary>
    Unreachable,

    /// <summary>It says which identity it runs.</summary>
    Answers,

    /// <summary>It has not finished its start, and will run what its identity link said when the start began.</summary>
    Starting,

    /// <summary>The node says that no validator runs.</summary>
    NotRunning,
}
