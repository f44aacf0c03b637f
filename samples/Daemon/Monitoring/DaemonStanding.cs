namespace Tachyon.Failover.Daemon.Monitoring;

/// <summary>The daemon's state.</summary>
internal enum DaemonStanding
{
    /// <summary>It monitors. There is nothing to do.</summary>
    Watches,

    /// <summary>The validator is lost. It would take over if it were enabled.</summary>
    WouldTakeOver,

    /// <summary>The validator is lost. Another daemon acts.</summary>
    StandsBy,

    /// <summary>A takeover failed, and will be retried.</summary>
    WillTryAgain,

    /// <summary>It takes over.</summary>
    TakesOver,

    /// <summary>It does nothing more: the operator must check.</summary>
    NeedsAPerson,
}
