using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>
/// The lock around the identity keypair. While a validator is not leading, its broadcast thread holds the lock for a second at a
/// time. So a swap of the key takes 0 to 1 s, and ends on that thread's beat: whole seconds after the call before,
/// drifting by 0.5 to 3 ms a second (validator.md 1.3). Calls wait in line. From 3.1 on there is no such lock: a swap takes a millisecond or two (part 2).
/// </summary>
internal sealed class KeyLock
{
    private readonly bool _exists;
    private readonly NodeEvents _events;
    private readonly SeededRandom _random;
    private readonly TimeSpan _period;
    private readonly Queue<Action> _waiting = new();
    private DateTimeOffset _beat;

    public KeyLock(bool exists, NodeEvents events, SeededRandom random)
    {
        _exists = exists;
        _events = events;
        _random = random;
        _period = TimeSpan.FromSeconds(1) + random.Milliseconds(0.5, 3);
        _beat = events.Now + (_period * random.Between(0, 1));
    }

    /// <summary>Whether a call waits for the lock. Everything else that needs the lock then queues after it.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>Whether the node makes blocks now. The broadcast thread then releases the lock with every shred.</summary>
    public bool IsLeading { get; private set; }

    /// <summary>Runs an action with the lock held, once it is free.</summary>
    public void Acquire(Action swap)
    {
        _waiting.Enqueue(swap);
        if (_waiting.Count == 1)
        {
            Wait();
        }
    }

    /// <summary>Sets whether the node makes the next block. After leading, the beat starts anew.</summary>
    public void Lead(bool leads)
    {
        if (IsLeading && !leads)
        {
            _beat = _events.Now;
        }

        IsLeading = leads;
    }

    private void Wait() => _events.ScheduleAt(!_exists ? _events.Now + _random.Milliseconds(0.4, 2.2) : IsLeading ? _events.Now + _random.Milliseconds(0.2, 5) : NextBeat(), Release);

    private DateTimeOffset NextBeat()
    {
        var beats = Math.Ceiling((_events.Now - _beat) / _period);
        return _beat + (_period * Math.Max(beats, 0));
    }

    private void Release()
    {
        _beat = _events.Now;

        var swap = _waiting.Dequeue();
        swap();
        if (_waiting.Count > 0)
        {
            _events.Schedule(TimeSpan.FromMilliseconds(0.1), Wait);
        }
    }
}
