namespace Tachyon.Failover.Watchdog.Watching;

/// <summary>What the watcher does next.</summary>
internal enum WatcherAct
{
    Nothing,
    TakeOver,
    SettleDebt,
}
