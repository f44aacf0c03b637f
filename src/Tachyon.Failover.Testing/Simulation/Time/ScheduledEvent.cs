namespace Tachyon.Failover.Testing.Simulation.Time;

/// <summary>An action that will run unless it is canceled.</summary>
/// <param name="action">The action.</param>
/// <param name="through">The process that runs it, which may be gone by that time. Null for none.</param>
internal sealed class ScheduledEvent(Action action, Action<Action>? through = null)
{
    /// <summary>Whether it was canceled.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Cancels it.</summary>
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
