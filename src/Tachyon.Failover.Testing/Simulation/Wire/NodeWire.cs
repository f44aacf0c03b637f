using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Testing.Simulation.Wire;

/// <summary>
/// The way between one coordinator and one node. Messages of one direction keep their order. While it is partitioned nothing arrives; what was sent arrives after it
/// has healed, as TCP does it, unless somebody gave the session up before.
/// </summary>
internal sealed class NodeWire(EventQueue events, SeededRandom random, TimeSpan oneWay, WorldRules rules)
{
    /// <summary>How long a peer may be silent before its sessions are given up: the default of <c>SshNetShellOptions.DeadPeerLimit</c>.</summary>
    public static readonly TimeSpan DeadPeerLimit = TimeSpan.FromSeconds(10);

    /// <summary>How long connecting is tried.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly List<WireSession> _sessions = [];
    private readonly List<Action> _held = [];
    private int _silences;
    private bool _isSilent;
    private DateTimeOffset _lastToNode;
    private DateTimeOffset _lastToCoordinator;
    private int _partitions;

    public TimeSpan OneWay => oneWay;

    public bool IsPartitioned { get; private set; }

    /// <summary>Whether the host at the other end is up.</summary>
    public Func<bool> HostIsUp { get; set; } = static () => true;

    /// <summary>Whether the coordinator at this end is there.</summary>
    public Func<bool> CoordinatorIsUp { get; set; } = static () => true;

    /// <summary>Does something at the coordinator: at once, or when its machine goes on.</summary>
    public Action<Action> AtCoordinator { get; set; } = static action => action();

    /// <summary>Opens a session: a channel, and a connection and a login before it if there is none.</summary>
    /// <param name="opened">Told of the session, at the coordinator; null, with the reason, if there is none.</param>
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

    /// <summary>Lets nothing pass from now on.</summary>
    public void Partition()
    {
        if (IsPartitioned)
        {
            return;
        }

        IsPartitioned = true;
        FallSilent();
        var partition = ++_partitions;
        events.Schedule(DeadPeerLimit, () =>
        {
            if (IsPartitioned && partition == _partitions)
            {
                foreach (var session in _sessions.ToArray())
                {
                    AtCoordinator(() => session.GiveUp("no sign of life"));
                }
            }
        });
    }

    /// <summary>Lets everything pass again; what was under way arrives now.</summary>
    public void Heal()
    {
        IsPartitioned = false;
        if (CoordinatorIsUp())
        {
            IsHeardAgain();
        }

        var held = _held.ToArray();
        _held.Clear();
        foreach (var arrive in held)
        {
            arrive();
        }
    }

    /// <summary>Ends all sessions, and both ends see it. What is under way is lost.</summary>
    public void Cut(string reason)
    {
        foreach (var session in _sessions.ToArray())
        {
            session.Cut();
            events.Schedule(OneWay, () => session.GiveUp(reason), AtCoordinator);
            events.Schedule(OneWay, session.EndAtNode);
        }
    }

    /// <summary>The coordinator is gone. The node sees it at once if its machine lives on, and late if it does not.</summary>
    public void CoordinatorDied(bool machineLives)
    {
        if (!machineLives)
        {
            FallSilent();
            return;
        }

        foreach (var session in _sessions.ToArray())
        {
            events.Schedule(OneWay, session.EndAtNode);
        }
    }

    internal void Forget(WireSession session) => _sessions.Remove(session);

    /// <summary>The coordinator gives no sign of life from now on: a session that lives by them ends at the node after a while.</summary>
    public void FallSilent()
    {
        _silences++;
        _isSilent = true;
        _sessions.ForEach(ExpireIfStillSilent);
    }

    /// <summary>It goes on.</summary>
    public void IsHeardAgain()
    {
        _silences++;
        _isSilent = false;
    }

    /// <summary>A session lives by signs of life from now on: it may be that its coordinator was gone before it was through with its opening.</summary>
    internal void OnLeased(WireSession session)
    {
        if (_isSilent)
        {
            ExpireIfStillSilent(session);
        }
    }

    private void ExpireIfStillSilent(WireSession session)
    {
        var silence = _silences;
        events.Schedule(KeptFor(session), () =>
        {
            if (silence == _silences)
            {
                session.Expire();
            }
        });
    }

    private TimeSpan KeptFor(WireSession session) => session.Lease ?? rules.SilentPeerIsKept;

    /// <summary>The coordinator has given a session up: the host hears of it if the way opens while that is still sent again, and else finds out by itself.</summary>
    internal void CarryEnd(WireSession session)
    {
        var at = events.Now;
        events.Schedule(KeptFor(session), session.Expire);
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
