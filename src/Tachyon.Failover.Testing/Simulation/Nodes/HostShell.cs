namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>
/// The <c>sh -s</c> of a conversation, on the node: carries out what it is sent, one after the other, and ends behind it when its input ends. While it lives,
/// and while the command lives that it is carrying out, it holds the lock that it has.
/// </summary>
internal sealed class HostShell(SimulatedNode node)
{
    private readonly Queue<(HostCommand Command, Action<CallResult, object?> Answered)> _queue = new();
    private readonly int _boot = node.Boots;
    private bool _isBusy;
    private bool _inputEnded;
    private bool _isKilled;
    private bool _isEnded;

    /// <summary>Which tower the last wait for a vote saw: a variable of the shell.</summary>
    public long? SeenVote { get; set; }

    public bool HasEnded => node.Boots != _boot || _isEnded || (!_isBusy && (_isKilled || (_inputEnded && _queue.Count == 0)));

    public void Receive(HostCommand command, Action<CallResult, object?> answered)
    {
        if (!_isKilled && node.Boots == _boot)
        {
            _queue.Enqueue((command, answered));
            Next();
        }
    }

    /// <summary>Nothing more comes; what has come is still done.</summary>
    public void EndInput()
    {
        _inputEnded = true;
        Next();
    }

    /// <summary>Ends it. What is running goes on to its end; what waits behind it is not begun.</summary>
    public void Kill()
    {
        _isKilled = true;
        _queue.Clear();
        Next();
    }

    /// <summary>Ends it, and what is running. A call that the validator has already is carried out all the same.</summary>
    public void End()
    {
        _isEnded = true;
        Kill();
    }

    private void Next()
    {
        if (_isBusy || _isKilled || !_queue.TryDequeue(out var next))
        {
            node.OnShellIdle(this);
            return;
        }

        _isBusy = true;
        var turn = new HostTurn(node, this, (result, value) =>
        {
            _isBusy = false;
            next.Answered(result, value);
            Next();
        })
        {
            HangsInValidator = next.Command.HangsInValidator,
        };
        if (node.Events.Now >= next.Command.BeginsBefore)
        {
            turn.Answer(CallResult.NotDone(CallFailure.TooLate, "it arrived too late, and was not begun"));
            return;
        }

        Schedule(next.Command.Starts, () => next.Command.Act(turn));
        if (next.Command.Timeout is { } limit)
        {
            Schedule(limit, () => turn.Answer(CallResult.Unknown(CallFailure.TimedOut)));
        }
    }

    private void Schedule(TimeSpan delay, Action action) => node.Events.Schedule(delay, () =>
    {
        if (node.Boots == _boot && !_isEnded)
        {
            action();
        }
    });
}
