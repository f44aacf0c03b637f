namespace Tachyon.Failover.Watchdog.Events;

/// <summary>Receives events.</summary>
internal interface IEventSink
{
    /// <summary>Takes an event. Returns at once, and never throws.</summary>
    void Tell(WatchdogEvent happened);
}
