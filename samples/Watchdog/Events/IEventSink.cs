namespace Tachyon.Failover.Watchdog.Events;

/// <summary>Takes what has happened.</summary>
internal interface IEventSink
{
    /// <summary>Returns at once, and never throws.</summary>
    void Tell(WatchdogEvent happened);
}
