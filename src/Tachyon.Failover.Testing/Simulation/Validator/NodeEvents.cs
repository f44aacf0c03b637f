using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>The part of the event queue that belongs to one process: nothing of it happens once the process is gone.</summary>
internal sealed class NodeEvents(EventQueue events)
{
    public DateTimeOffset Now => events.Now;

    public bool IsGone { get; private set; }

    public void End() => IsGone = true;

    public ScheduledEvent Schedule(TimeSpan delay, Action action) => events.Schedule(delay, Guard(action));

    public ScheduledEvent ScheduleAt(DateTimeOffset at, Action action) => events.ScheduleAt(at, Guard(action));

    private Action Guard(Action action) => () =>
    {
        if (!IsGone)
        {
            action();
        }
    };
}
