namespace Tachyon.Failover.Testing.Simulation.Time;

/// <summary>
/// What is to happen, in the order of its time. The whole model runs on one of these: in virtual time as fast as it can be
/// stepped, in real time when an <see cref="EventPump"/> drives it. Things due at the same time happen in the order in which
/// they were scheduled, so that the same seed gives the same run.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class EventQueue(DateTimeOffset start)
{
    private readonly PriorityQueue<ScheduledEvent, (long UtcTicks, long Order)> _events = new();
    private long _order;
    private int? _thread;

    /// <summary>The model's time.</summary>
    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>When the next thing is due; null if nothing is.</summary>
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

    /// <summary>Whether somebody has scheduled something from another thread than the one that steps the queue: the run is then no run of its seed any more.</summary>
    public bool HasStrayed { get; private set; }

    /// <summary>From now on only this thread may schedule anything: virtual time.</summary>
    public void BindToThisThread() => _thread = Environment.CurrentManagedThreadId;

    /// <summary>Has something done after a while.</summary>
    public ScheduledEvent Schedule(TimeSpan delay, Action action, Action<Action>? through = null) => ScheduleAt(Now + delay, action, through);

    /// <summary>Has something done at a time; at once if the time is past.</summary>
    public ScheduledEvent ScheduleAt(DateTimeOffset at, Action action, Action<Action>? through = null)
    {
        HasStrayed |= _thread is { } thread && thread != Environment.CurrentManagedThreadId;
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

    /// <summary>Real time: it is this late now; nothing is done yet.</summary>
    public void MoveTo(DateTimeOffset now) => Now = now > Now ? now : Now;

    /// <summary>Real time: it is this late now; does all that is due. A process that was stopped finds everything due at once.</summary>
    public void RunDue(DateTimeOffset now)
    {
        MoveTo(now);
        while (NextAt is { } next && next <= Now)
        {
            _events.Dequeue().Run();
        }
    }
}
