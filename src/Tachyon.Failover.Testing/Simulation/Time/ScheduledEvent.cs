namespace Tachyon.Failover.Testing.Simulation.Time;

/// <summary>Something that is to happen, unless it is cancelled before.</summary>
/// <param name="action">What it is.</param>
/// <param name="through">What is to do it: a process that may be gone by then. Null if nobody stands between.</param>
internal sealed class ScheduledEvent(Action action, Action<Action>? through = null)
{
    /// <summary>Whether it will not happen.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Lets it not happen.</summary>
    public void Cancel() => IsCancelled = true;

    internal void Run()
    {
        if (through is null)
        {
            action();
        }
        else
        {
            through(action);
        }
    }
}
