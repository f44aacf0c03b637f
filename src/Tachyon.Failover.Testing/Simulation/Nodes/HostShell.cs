namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>
/// The <c>sh -s</c> of a conversation, on the node: executes its scripts one after the other, and ends after the last one when its input ends. The shell holds its lock
/// while it lives, and while its running command lives.
/// </summary>
internal sealed class HostShell(SimulatedNode node)
{
    private readonly Queue<(HostCommand Command, Action<CallResult, object?> Answered)> _queue = new();
    private readonly int _boot = node.Boots;
    private bool _isBusy;
    private bool _inputEnded;
    private bool _isKilled;
    private bool _isGone;

    /// <summary>The tower that the last wait for a vote saw: a variable of the shell.</summary>
    public long? SeenVote { get; set; }

    /// <summary>Raised when it has ended in good order.</summary>
    public Action Ended { get; set; } = static () => { };

    public bool HasEnded => _isGone || node.Boots != _boot || (!_isBusy && (_isKilled || (_inputEnded && _queue.Count == 0)));

    public void Receive(HostCommand command, Action<CallResult, object?> answered)
    {
        if (!_isKilled && node.Boots == _boot)
        {
            _queue.Enqueue((command, answered));
            Next();
        }
    }

    /// <summary>The input has ended. The scripts that have arrived are still executed.</summary>
    public void EndInput()
    {
        _inputEnded = true;
        Next();
    }

    /// <summary>Ends it. The running command continues to its end; the waiting ones are not begun.</summary>
    public void Kill()
    {
        _isKilled = true;
        _queue.Clear();
        Next();
    }

    /// <summary>Ends it together with its running command. A call that the command has sent to a validator still comes through.</summary>
    public void End()
    {
        _isGone = true;
        Kill();
    }

    private void Next()
    {
        if (_isBusy || _isKilled || !_queue.TryDequeue(out var next))
        {
            if (_inputEnded && !_isBusy && !_isKilled)
            {
                Ended();
            }

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
            turn.Answer(CallResult.NotDone(CallFailure.Expired, "it arrived too late, and was not begun"));
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
        if (node.Boots == _boot && !_isGone)
        {
            action();
        }
    });
}
