namespace Tachyon.Failover.Daemon.Events;

/// <summary>Receives events.</summary>
internal interface IEventSink
{
    /// <summary>Takes an event. Returns at once, and never throws.</summary>
    void Tell(DaemonEvent happened);
}
