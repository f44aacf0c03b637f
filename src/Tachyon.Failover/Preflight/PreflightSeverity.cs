namespace Tachyon.Failover.Preflight;

/// <summary>How much a finding matters.</summary>
public enum PreflightSeverity
{
    /// <summary>For the record.</summary>
    Note,

    /// <summary>A person should look at it; the switchover goes on.</summary>
    Warning,

    /// <summary>The switchover is refused.</summary>
    Blocker,
}
