namespace Tachyon.Failover.Preflight;

/// <summary>How severe a finding is.</summary>
public enum PreflightSeverity
{
    /// <summary>Information only.</summary>
    Info = 1,

    /// <summary>An operator should check it; the switchover continues.</summary>
    Warning = 2,

    /// <summary>The switchover is refused.</summary>
    Blocker = 3,
}
