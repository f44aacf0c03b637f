using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>
/// The part of the event queue that belongs to one process: nothing of it happens while the process is frozen, nor once it is gone.
/// </summary>
internal sealed class NodeEvents
{
    private readonly EventQueue _events;
    private readonly Queue<Action> _held = new();
    private readonly Action<Action> _do;

    public NodeEvents(EventQueue events)
    {
        _events = events;
        _do = Do;
    }

    public DateTimeOffset Now => _events.Now;

    public bool IsGone { get; private set; }

    public bool IsFrozen { get; private set; }

    public void End()
    {
        IsGone = true;
        _held.Clear();
    }

    /// <summary>Stops the process. What is due from now on waits.</summary>
    public void Freeze() => IsFrozen = true;

    /// <summary>Lets the process go on: all that was due happens at once, in its order.</summary>
    public void Thaw()
    {
        IsFrozen = false;
        while (!IsFrozen && _held.TryDequeue(out var action))
        {
            action();
        }
    }

    /// <summary>Does something in the process: at once, or as soon as it goes on, or never.</summary>
    public void Do(Action action)
    {
        if (IsGone)
        {
            return;
        }

        if (IsFrozen)
        {
            _held.Enqueue(action);
            return;
        }

        action();
    }

    public ScheduledEvent Schedule(TimeSpan delay, Action action) => _events.Schedule(delay, action, _do);

    public ScheduledEvent ScheduleAt(DateTimeOffset at, Action action) => _events.ScheduleAt(at, action, _do);
}
