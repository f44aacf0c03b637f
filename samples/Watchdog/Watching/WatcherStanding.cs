namespace Tachyon.Failover.Watchdog.Watching;

/// <summary>Where the watcher stands.</summary>
internal enum WatcherStanding
{
    /// <summary>It watches; there is nothing to do.</summary>
    Watches,

    /// <summary>The validator is lost, and it would take over if it were armed.</summary>
    WouldTakeOver,

    /// <summary>The validator is lost, and another watcher is to act.</summary>
    StandsBy,

    /// <summary>A takeover came to nothing, and will be tried again.</summary>
    WillTryAgain,

    /// <summary>It takes over.</summary>
    TakesOver,

    /// <summary>It does nothing any more: a person must look.</summary>
    NeedsAPerson,
}
