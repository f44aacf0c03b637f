namespace Tachyon.Failover.Testing.Simulation.Wire;

/// <summary>A session over a <see cref="NodeWire"/>. Its messages arrive in order, or not at all.</summary>
internal sealed class WireSession(NodeWire wire)
{
    private bool _isCut;
    private bool _isGivenUp;
    private bool _isEndedAtNode;

    /// <summary>Raised at the coordinator when the connection is lost, with the sign of the loss.</summary>
    public Action<string> Lost { get; set; } = static _ => { };

    /// <summary>Raised at the node at the end of its input.</summary>
    public Action Ended { get; set; } = static () => { };

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

    /// <summary>A heartbeat for the node. It is not queued with the messages, so that it does not change the run.</summary>
    public void Beat(SessionLease lease) => wire.Beat(() =>
    {
        if (!_isCut && !_isEndedAtNode)
        {
            lease.Renew();
        }
    });

    /// <summary>The node ends it and takes no further message. The coordinator hears of it when the way and its machine allow it.</summary>
    public void EndByNode(string reason)
    {
        if (!_isEndedAtNode)
        {
            _isEndedAtNode = true;
            wire.Carry(toNode: false, () => GiveUp(reason));
        }
    }

    /// <summary>What is under way is lost.</summary>
    public void Cut() => _isCut = true;

    /// <summary>The coordinator abandons and closes it. The node sees that when the wire lets it through.</summary>
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

    /// <summary>The coordinator ends it in good order, after all its messages.</summary>
    /// <param name="closed">Called at the coordinator when the node has ended it; never if that message is lost.</param>
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
