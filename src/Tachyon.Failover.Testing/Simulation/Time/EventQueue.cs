namespace Tachyon.Failover.Testing.Simulation.Time;

/// <summary>
/// The coming events, in the order of their time. The whole model runs on one queue: in virtual time as fast as it can be
/// stepped, in real time when an <see cref="EventPump"/> drives it. Events that are due at the same time happen in the order in which
/// they were scheduled, so that the same seed gives the same run.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class EventQueue(DateTimeOffset start)
{
    /// <summary>The message for code that continues on another thread.</summary>
    public const string Strayed =
        "Code in this run continued on another thread, so the run cannot be repeated from its seed. It waited for something outside the simulated world, such as a file, the network or Task.Run.";

    private readonly PriorityQueue<ScheduledEvent, (long UtcTicks, long Order)> _events = new();
    private long _order;
    private int? _thread;
    private bool _hasStrayed;

    /// <summary>The model's time.</summary>
    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>When the next event is due; null if there is none.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            while (_events.TryPeek(out var next, out var due))
            {
                if (!next.IsCancelled)
                {
                    return new DateTimeOffset(due.UtcTicks, TimeSpan.Zero);
                }

                _events.Dequeue();
            }

            return null;
        }
    }

    /// <summary>Whether another thread than the stepping one has tried to schedule an event. The run then no longer follows from its seed.</summary>
    public bool HasStrayed
    {
        get => Volatile.Read(ref _hasStrayed);
        private set => Volatile.Write(ref _hasStrayed, value);
    }

    /// <summary>From now on only this thread may schedule events: virtual time.</summary>
    public void BindToThisThread() => _thread = Environment.CurrentManagedThreadId;

    /// <summary>Schedules an action after a while.</summary>
    public ScheduledEvent Schedule(TimeSpan delay, Action action, Action<Action>? through = null) => ScheduleAt(Now + delay, action, through);

    /// <summary>Schedules an action at a time; at once if the time is past.</summary>
    /// <exception cref="InvalidOperationException">Another thread steps the queue.</exception>
    public ScheduledEvent ScheduleAt(DateTimeOffset at, Action action, Action<Action>? through = null)
    {
        if (_thread is { } thread && thread != Environment.CurrentManagedThreadId)
        {
            HasStrayed = true;
            throw new InvalidOperationException(Strayed);
        }

        var scheduled = new ScheduledEvent(action, through);
        _events.Enqueue(scheduled, ((at < Now ? Now : at).UtcTicks, _order++));
        return scheduled;
    }

    /// <summary>Virtual time: steps from event to event until a time.</summary>
    public void RunUntil(DateTimeOffset time)
    {
        while (NextAt is { } next && next <= time)
        {
            Now = next;
            _events.Dequeue().Run();
        }

        if (time > Now)
        {
            Now = time;
        }
    }

    /// <summary>Virtual time: takes the next step, if there is one.</summary>
    public bool Step()
    {
        if (NextAt is not { } next)
        {
            return false;
        }

        Now = next > Now ? next : Now;
        _events.Dequeue().Run();
        return true;
    }

    /// <summary>Real time: sets the clock. Runs no event yet.</summary>
    public void MoveTo(DateTimeOffset now) => Now = now > Now ? now : Now;

    /// <summary>Real time: sets the clock, and runs all due events. After a stop of the process, everything is due at once.</summary>
    public void RunDue(DateTimeOffset now)
    {
        MoveTo(now);
        while (NextAt is { } next && next <= Now)
        {
            _events.Dequeue().Run();
        }
    }
}
