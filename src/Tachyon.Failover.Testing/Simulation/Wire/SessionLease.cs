using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Testing.Simulation.Wire;

/// <summary>The node's half of a lock's lease: <c>LeasedOpening</c> in virtual time. It runs on the node, independent of the way and of the coordinator.</summary>
internal sealed class SessionLease(EventQueue events, Action lapse)
{
    /// <summary>As <c>NodeShellOptions.Lease</c>.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    /// <summary>How often a living coordinator sends a heartbeat.</summary>
    public static readonly TimeSpan BeatInterval = Length / 6;

    private ScheduledEvent? _end;
    private bool _isOver;

    /// <summary>A heartbeat has arrived.</summary>
    public void Renew()
    {
        if (!_isOver)
        {
            _end?.Cancel();
            _end = events.Schedule(Length, lapse);
        }
    }

    /// <summary>The conversation has ended in good order. The lease has nothing left to end.</summary>
    public void End()
    {
        _isOver = true;
        _end?.Cancel();
    }
}
