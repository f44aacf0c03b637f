namespace Tachyon.Failover.Testing.Simulation.Time;

/// <summary>
/// What is to happen, in the order of its time. The whole model runs on one of these: in virtual time as fast as it can be
/// stepped, in real time when an <see cref="EventPump"/> drives it. Things due at the same time happen in the order in which
/// they were scheduled, so that the same seed gives the same run.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class EventQueue(DateTimeOffset start)
{
    /// <summary>What somebody is told who goes on on another thread.</summary>
    public const string Strayed =
        "Something in the run went on on a thread of its own, so that the same seed would not give the same run: it waited for something else than the simulated world, say a file, the network or Task.Run.";

    private readonly PriorityQueue<ScheduledEvent, (long UtcTicks, long Order)> _events = new();
    private long _order;
    private int? _thread;
    private bool _hasStrayed;

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

    /// <summary>Whether somebody has tried to schedule something from another thread than the one that steps the queue: the run is then no run of its seed any more.</summary>
    public bool HasStrayed
    {
        get => Volatile.Read(ref _hasStrayed);
        private set => Volatile.Write(ref _hasStrayed, value);
    }

    /// <summary>From now on only this thread may schedule anything: virtual time.</summary>
    public void BindToThisThread() => _thread = Environment.CurrentManagedThreadId;

    /// <summary>Has something done after a while.</summary>
    public ScheduledEvent Schedule(TimeSpan delay, Action action, Action<Action>? through = null) => ScheduleAt(Now + delay, action, through);

    /// <summary>Has something done at a time; at once if the time is past.</summary>
    /// <exception cref="InvalidOperationException">Somebody else steps the queue.</exception>
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
