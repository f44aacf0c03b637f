namespace Tachyon.Failover.Testing.Simulation.Time;

/// <summary>Something that is to happen, unless it is cancelled before.</summary>
internal sealed class ScheduledEvent(Action action)
{
    /// <summary>Whether it will not happen.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Lets it not happen.</summary>
    public void Cancel() => IsCancelled = true;

    internal void Run() => action();
}
