namespace Tachyon.Failover.Watchdog.Watching;

/// <summary>The daemon's next action.</summary>
internal enum WatcherAct
{
    Nothing,
    TakeOver,
    SettleDebt,
}
