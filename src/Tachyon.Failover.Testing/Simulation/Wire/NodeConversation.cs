using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Nodes;

namespace Tachyon.Failover.Testing.Simulation.Wire;

/// <summary>
/// The one conversation of a coordinator with a node: <c>NodeShell</c> in virtual time (docs/decisions/0001). Commands are sent at once and in order, and
/// executed one at a time. The executing shell holds the lock.
/// </summary>
internal sealed class NodeConversation(SimulatedNode node, NodeWire wire, TimeProvider time, IFaultPlan faults)
{
    /// <summary>As in <c>ShellValidatorPair</c>: a running command may take its limit.</summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(25);

    private static readonly ConversationAnswer GivenUpBefore = new(CallResult.NotDone(CallFailure.Canceled, "the caller canceled before it was sent"));

    private Task _tail = Task.CompletedTask;
    private ConversationLine? _line;
    private string? _holder;
    private bool _isHeld;

    public SimulatedNode Node => node;

    public NodeWire Wire => wire;

    /// <summary>Whether the lock ends by itself without the coordinator's heartbeat. Off only to show what happens to a pair otherwise.</summary>
    public bool HasLease { get; set; } = true;

    public async Task<ConversationAnswer> RunAsync(HostCommand command, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return GivenUpBefore;
        }

        var request = new ConversationRequest(faults.Apply(command, this), limit);
        if (wire.CoordinatorIsUp())
        {
            _tail = SendBehindAsync(_tail, request);
        }

        // Not disposed: inside its own callback, Dispose would wait on another thread.
        var registration = cancellationToken.Register(() => request.Complete(CallResult.Unknown(CallFailure.Canceled, "the caller canceled")));
        var answer = await request.Answer.ConfigureAwait(false);
        registration.Unregister();
        return answer;
    }

    /// <summary>Repeats a read once if the connection was lost: often it was lost long before, and the loss shows only now.</summary>
    public async Task<ConversationAnswer> ProbeAsync(HostCommand command, TimeSpan limit, CancellationToken cancellationToken)
    {
        var answer = await RunAsync(command, limit, cancellationToken).ConfigureAwait(false);
        return answer.Result.Failure == CallFailure.ConnectionLost ? await RunAsync(command, limit, cancellationToken).ConfigureAwait(false) : answer;
    }

    /// <summary>Runs a command in its own session, beside a hanging command of the conversation.</summary>
    public async Task<ConversationAnswer> RunBesideAsync(HostCommand command, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return GivenUpBefore;
        }

        var request = new ConversationRequest(faults.Apply(command, this), limit);
        ConversationLine? line = null;
        wire.Open((session, reason) =>
        {
            if (session is null)
            {
                request.Complete(CallResult.NotDone(CallFailure.Unreachable, reason));
                return;
            }

            if (request.Answer.IsCompleted)
            {
                session.Close();
                return;
            }

            line = new ConversationLine(session, new HostShell(node), time);
            line.Send(request);
        });
        var registration = cancellationToken.Register(() => request.Complete(CallResult.Unknown(CallFailure.Canceled, "the caller canceled")));
        var answer = await request.Answer.ConfigureAwait(false);
        registration.Unregister();
        line?.Break(CallFailure.ConnectionLost, "the session was closed");
        return answer;
    }

    public Task<CallResult> LockAsync(string holder, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            if (_holder is not null)
            {
                return _holder == holder ? await ReopenAsync().ConfigureAwait(false) ?? CallResult.Done() : CallResult.NotDone(CallFailure.LockHeld, _holder);
            }

            await CloseLineAsync().ConfigureAwait(false);
            _holder = holder;
            _isHeld = false;
            var failure = await OpenLineAsync().ConfigureAwait(false);
            _holder = failure is null ? holder : null;
            return failure ?? CallResult.Done();
        },
        cancellationToken);

    public Task<CallResult> UnlockAsync(string holder, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            if (_holder == holder)
            {
                _holder = null;
                _isHeld = false;
                await CloseLineAsync().ConfigureAwait(false);
            }

            return CallResult.Done();
        },
        cancellationToken);

    private async Task<CallResult> AskAsync(Func<Task<CallResult>> ask, CancellationToken cancellationToken)
    {
        // Each waiter gets its own task: of several that wait for one task, only one continues on this thread.
        var done = new TaskCompletionSource();
        var asked = BehindAsync(_tail, ask, done);
        _tail = done.Task;
        try
        {
            return await asked.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return CallResult.Unknown(CallFailure.Canceled, "the caller canceled");
        }
    }

    private static async Task<CallResult> BehindAsync(Task before, Func<Task<CallResult>> ask, TaskCompletionSource done)
    {
        await before.ConfigureAwait(false);
        try
        {
            return await ask().ConfigureAwait(false);
        }
        finally
        {
            done.TrySetResult();
        }
    }

    private async Task SendBehindAsync(Task before, ConversationRequest request)
    {
        await before.ConfigureAwait(false);
        if (request.Answer.IsCompleted)
        {
            return;
        }

        if (await ReopenAsync().ConfigureAwait(false) is { } failure)
        {
            request.Complete(failure);
            return;
        }

        _line!.Send(request);
    }

    private async Task<CallResult?> ReopenAsync() => _line is { IsUsable: true } ? null : await OpenLineAsync().ConfigureAwait(false);

    private async Task CloseLineAsync()
    {
        if (_line is { } line)
        {
            _line = null;
            await line.CloseAsync().ConfigureAwait(false);
        }
    }

    private Task<CallResult?> OpenLineAsync()
    {
        _line?.Break(CallFailure.ConnectionLost, "the session was closed");
        _line = null;
        var opening = new TaskCompletionSource<CallResult?>();
        wire.Open((session, reason) =>
        {
            if (session is null)
            {
                opening.TrySetResult(CallResult.NotDone(CallFailure.Unreachable, reason));
                return;
            }

            session.Lost = lost => opening.TrySetResult(CallResult.NotDone(CallFailure.Unreachable, lost));
            session.ToNode(() => Greet(new HostShell(node), session, opening));
        });
        return opening.Task;
    }

    /// <summary>The opening script, on the node.</summary>
    private void Greet(HostShell shell, WireSession session, TaskCompletionSource<CallResult?> opening)
    {
        if (_holder is not { } holder)
        {
            Ready();
            return;
        }

        if (!_isHeld)
        {
            Take(node.Lock.Owner is null ? null : CallResult.NotDone(CallFailure.LockHeld, node.Lock.Holder));
            return;
        }

        // End the shell that this coordinator lost, by its number. Its running command holds the lock until it ends.
        if (node.Lock.Holder == holder)
        {
            node.Lock.Owner?.Kill();
        }

        var isOver = false;
        session.Ended = () => isOver = true;
        node.Events.Schedule(LockTimeout, () => Decide(CallResult.NotDone(CallFailure.LockHeld, node.Lock.Holder)));
        AwaitLock();

        void AwaitLock()
        {
            if (node.Lock.Owner is null)
            {
                Decide(null);
            }
            else if (!isOver)
            {
                node.Lock.WhenFree(AwaitLock);
            }
        }

        void Decide(CallResult? failure)
        {
            if (!isOver)
            {
                isOver = true;
                Take(failure ?? (node.Lock.Holder == holder ? null : CallResult.NotDone(CallFailure.LockLost, $"taken over by {node.Lock.Holder}")));
            }
        }

        void Take(CallResult? failure)
        {
            if (failure is null)
            {
                node.Lock.Take(shell, holder);
                Ready(HasLease ? Leased() : null);
            }
            else
            {
                session.ToCoordinator(() =>
                {
                    session.Close();
                    opening.TrySetResult(failure);
                });
            }
        }

        SessionLease Leased()
        {
            var lease = new SessionLease(node.Events, () =>
            {
                shell.End();
                session.EndByNode("the node ended the conversation, since no heartbeat came");
            });
            lease.Renew();
            shell.Ended = lease.End;
            return lease;
        }

        void Ready(SessionLease? lease = null)
        {
            session.Ended = shell.EndInput;
            session.ToCoordinator(() =>
            {
                if (opening.Task.IsCompleted)
                {
                    session.Close();
                    return;
                }

                _line = new ConversationLine(session, shell, time, lease);
                _isHeld = _holder is not null;
                opening.TrySetResult(null);
            });
        }
    }
}
