using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>
/// The events of one process. None of them happens while the process is frozen, or after its end.
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

    /// <summary>Freezes the process. Events that are due from now on wait.</summary>
    public void Freeze() => IsFrozen = true;

    /// <summary>Thaws the process: all due events happen at once, in their order.</summary>
    public void Thaw()
    {
        IsFrozen = false;
        while (!IsFrozen && _held.TryDequeue(out var action))
        {
            action();
        }
    }

    /// <summary>Runs an action in the process: at once, after its thaw, or never.</summary>
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
