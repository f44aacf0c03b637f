namespace Tachyon.Failover.Watchdog.Watching;

/// <summary>The watcher's next action.</summary>
internal enum WatcherAct
{
    Nothing,
    TakeOver,
    SettleDebt,
}
