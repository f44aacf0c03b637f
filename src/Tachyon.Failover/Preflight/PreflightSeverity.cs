namespace Tachyon.Failover.Preflight;

/// <summary>How severe a finding is.</summary>
public enum PreflightSeverity
{
    /// <summary>Information only.</summary>
    Note,

    /// <summary>An operator should check it; the switchover continues.</summary>
    Warning,

    /// <summary>The switchover is refused.</summary>
    Blocker,
}
