namespace Tachyon.Failover.Testing.Simulation.Wire;

/// <summary>A session over a <see cref="NodeWire"/>: what is sent in it arrives in its order, or not at all.</summary>
internal sealed class WireSession(NodeWire wire)
{
    private bool _isCut;
    private bool _isGivenUp;
    private bool _isEndedAtNode;

    /// <summary>Told, at the coordinator, that the connection is lost, and how that showed.</summary>
    public Action<string> Lost { get; set; } = static _ => { };

    /// <summary>Told, at the node, that nothing more will come.</summary>
    public Action Ended { get; set; } = static () => { };

    /// <summary>How long the node keeps it without a sign of life; null for as long as TCP does, which is hours.</summary>
    public TimeSpan? Lease { get; private set; }

    private Action Expired { get; set; } = static () => { };

    public void ToNode(Action arrive) => wire.Carry(toNode: true, () =>
    {
        if (!_isCut && !_isEndedAtNode && wire.HostIsUp())
        {
            arrive();
        }
    });

    public void ToCoordinator(Action arrive) => wire.Carry(toNode: false, () =>
    {
        if (!_isCut && !_isGivenUp && wire.CoordinatorIsUp())
        {
            arrive();
        }
    });

    /// <summary>What is under way is lost.</summary>
    public void Cut() => _isCut = true;

    /// <summary>The coordinator does not count on it any more, and closes it; the node sees that when the wire lets it through.</summary>
    public void GiveUp(string reason)
    {
        if (!_isGivenUp)
        {
            _isGivenUp = true;
            wire.Forget(this);
            wire.CarryEnd(this);
            if (wire.CoordinatorIsUp())
            {
                Lost(reason);
            }
        }
    }

    /// <summary>The node sees its end.</summary>
    public void EndAtNode()
    {
        if (!_isEndedAtNode)
        {
            _isEndedAtNode = true;
            Ended();
        }
    }

    /// <summary>From now on the node keeps it only as long as there are signs of life.</summary>
    /// <param name="lease">How long without one.</param>
    /// <param name="expired">Told, at the node, that there was none for so long.</param>
    public void LivesBySigns(TimeSpan lease, Action expired)
    {
        (Lease, Expired) = (lease, expired);
        wire.OnLeased(this);
    }

    /// <summary>The node has had no sign of life for too long.</summary>
    public void Expire()
    {
        if (_isEndedAtNode)
        {
            return;
        }

        Expired();
        EndAtNode();
        ToCoordinator(() => GiveUp("the node has closed the session"));
    }

    /// <summary>The coordinator ends it in good order, behind all that it has sent.</summary>
    /// <param name="closed">Told, at the coordinator, that the node has ended it; never if that is lost on the way.</param>
    public void Close(Action? closed = null)
    {
        ToNode(() =>
        {
            EndAtNode();
            wire.Carry(toNode: false, () =>
            {
                if (!_isCut && wire.CoordinatorIsUp())
                {
                    closed?.Invoke();
                }
            });
        });
        _isGivenUp = true;
        wire.Forget(this);
    }
}
