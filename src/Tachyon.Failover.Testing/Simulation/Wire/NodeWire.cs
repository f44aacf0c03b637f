using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Testing.Simulation.Wire;

/// <summary>
/// The way between one coordinator and one node. Messages of one direction keep their order. During a partition nothing arrives. What was sent arrives after
/// it, as with TCP, unless the coordinator has abandoned the session before.
/// </summary>
internal sealed class NodeWire(EventQueue events, SeededRandom random, TimeSpan oneWay, WorldRules rules)
{
    /// <summary>How long a peer may be silent before its sessions are abandoned: the default of <c>SshNetShellOptions.DeadPeerLimit</c>.</summary>
    public static readonly TimeSpan DeadPeerLimit = TimeSpan.FromSeconds(10);

    /// <summary>How long to try to connect.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly List<WireSession> _sessions = [];
    private readonly List<Action> _held = [];
    private DateTimeOffset _lastToNode;
    private DateTimeOffset _lastToCoordinator;
    private int _partitions;

    public TimeSpan OneWay => oneWay;

    public bool IsPartitioned { get; private set; }

    /// <summary>Whether the host is up.</summary>
    public Func<bool> HostIsUp { get; set; } = static () => true;

    /// <summary>Whether the coordinator is alive.</summary>
    public Func<bool> CoordinatorIsUp { get; set; } = static () => true;

    /// <summary>Runs an action at the coordinator: at once, or after its machine's pause.</summary>
    public Action<Action> AtCoordinator { get; set; } = static action => action();

    /// <summary>Opens a session: a channel, and before it a connection and a login if there is none.</summary>
    /// <param name="opened">Called at the coordinator with the session; or with null and the reason.</param>
    public void Open(Action<WireSession?, string?> opened)
    {
        if (IsPartitioned)
        {
            events.Schedule(ConnectTimeout, () => opened(null, "no answer while connecting"), AtCoordinator);
            return;
        }

        events.Schedule((OneWay * 4) + random.Milliseconds(5, 25), () =>
        {
            if (!CoordinatorIsUp())
            {
                return;
            }

            if (!HostIsUp() || IsPartitioned)
            {
                opened(null, "the connection was refused");
                return;
            }

            var session = new WireSession(this);
            _sessions.Add(session);
            opened(session, null);
        }, AtCoordinator);
    }

    /// <summary>Blocks everything from now on.</summary>
    public void Partition()
    {
        if (IsPartitioned)
        {
            return;
        }

        IsPartitioned = true;
        var partition = ++_partitions;
        events.Schedule(DeadPeerLimit, () =>
        {
            if (IsPartitioned && partition == _partitions)
            {
                foreach (var session in _sessions.ToArray())
                {
                    events.Schedule(rules.SilentPeerIsKept, session.EndAtNode);
                    AtCoordinator(() => session.GiveUp("no heartbeat"));
                }
            }
        });
    }

    /// <summary>Lets everything pass again. What was under way arrives now.</summary>
    public void Heal()
    {
        IsPartitioned = false;
        var held = _held.ToArray();
        _held.Clear();
        foreach (var arrive in held)
        {
            arrive();
        }
    }

    /// <summary>Ends all sessions; both ends see it. What is under way is lost.</summary>
    public void Cut(string reason)
    {
        foreach (var session in _sessions.ToArray())
        {
            session.Cut();
            events.Schedule(OneWay, () => session.GiveUp(reason), AtCoordinator);
            events.Schedule(OneWay, session.EndAtNode);
        }
    }

    /// <summary>The coordinator is gone. The node sees it at once if the machine lives, and late otherwise.</summary>
    public void CoordinatorDied(bool machineLives)
    {
        foreach (var session in _sessions.ToArray())
        {
            events.Schedule(machineLives ? OneWay : rules.SilentPeerIsKept, session.EndAtNode);
        }
    }

    /// <summary>Brings a heartbeat to the node. A delayed heartbeat is worthless.</summary>
    internal void Beat(Action arrive) => events.Schedule(oneWay, () =>
    {
        if (!IsPartitioned && HostIsUp())
        {
            arrive();
        }
    });

    internal void Forget(WireSession session) => _sessions.Remove(session);

    /// <summary>The coordinator has abandoned a session. The host hears of it if the way opens while TCP still retries. Otherwise it finds out by itself.</summary>
    internal void CarryEnd(WireSession session)
    {
        var at = events.Now;
        events.Schedule(rules.SilentPeerIsKept, session.EndAtNode);
        Carry(toNode: true, () =>
        {
            if (events.Now - at <= rules.EndIsSentAgain)
            {
                session.EndAtNode();
            }
        });
    }

    internal void Carry(bool toNode, Action arrive)
    {
        ref var last = ref toNode ? ref _lastToNode : ref _lastToCoordinator;
        var due = events.Now + oneWay + random.Milliseconds(0, 0.5);
        last = due > last ? due : last;
        events.ScheduleAt(last, () =>
        {
            if (IsPartitioned)
            {
                _held.Add(toNode ? arrive : () => AtCoordinator(arrive));
            }
            else if (toNode)
            {
                arrive();
            }
            else
            {
                AtCoordinator(arrive);
            }
        });
    }
}
