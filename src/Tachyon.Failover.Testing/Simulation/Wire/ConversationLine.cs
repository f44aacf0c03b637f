using Tachyon.Failover.Testing.Simulation.Nodes;

namespace Tachyon.Failover.Testing.Simulation.Wire;

/// <summary>One session of a conversation: <c>ScriptLine</c> in virtual time. The answers have the order of the commands.</summary>
internal sealed class ConversationLine
{
    /// <summary>As <c>NodeShellOptions.CloseTimeout</c>.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly Queue<ConversationRequest> _awaited = new();
    private readonly WireSession _session;
    private readonly HostShell _shell;
    private readonly TimeProvider _time;
    private readonly ITimer? _beating;
    private readonly List<TaskCompletionSource> _draining = [];
    private ITimer? _limit;
    private string? _broken;

    /// <param name="session">The connection that carries it.</param>
    /// <param name="shell">The shell on the node.</param>
    /// <param name="time">The coordinator's clock, which stops together with its machine.</param>
    /// <param name="lease">The lease of the lock that the shell holds; null if it holds none.</param>
    public ConversationLine(WireSession session, HostShell shell, TimeProvider time, SessionLease? lease = null)
    {
        _beating = lease is null ? null : time.CreateTimer(_ => session.Beat(lease), state: null, SessionLease.BeatInterval, SessionLease.BeatInterval);
        _session = session;
        _shell = shell;
        _time = time;
        session.Lost = reason => Break(CallFailure.ConnectionLost, reason);
        session.Ended = shell.EndInput;
    }

    public bool IsUsable => _broken is null;

    public void Send(ConversationRequest request)
    {
        _awaited.Enqueue(request);
        if (_awaited.Count == 1)
        {
            StartLimit();
        }

        _session.ToNode(() => _shell.Receive(request.Command, (result, value) => _session.ToCoordinator(() => Answered(request, result, value))));
    }

    /// <summary>Ends the shell after the answers to all commands, and waits for its end. After that, another coordinator can get its lock.</summary>
    public async Task CloseAsync()
    {
        if (_awaited.Count > 0)
        {
            var drained = new TaskCompletionSource();
            _draining.Add(drained);
            await drained.Task.ConfigureAwait(false);
        }

        if (_broken is null)
        {
            _broken = "the session was closed";
            _beating?.Dispose();
            var ended = new TaskCompletionSource();
            var limit = _time.CreateTimer(_ => ended.TrySetResult(), state: null, CloseTimeout, Timeout.InfiniteTimeSpan);
            _session.Close(() => ended.TrySetResult());
            await ended.Task.ConfigureAwait(false);
            await limit.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Abandons it: everything without an answer is unknown.</summary>
    public void Break(CallFailure failure, string reason)
    {
        if (_broken is not null)
        {
            return;
        }

        _broken = reason;
        _beating?.Dispose();
        _limit?.Dispose();
        _session.GiveUp(reason);
        while (_awaited.TryDequeue(out var request))
        {
            request.Complete(CallResult.Unknown(failure, reason));
            failure = CallFailure.ConnectionLost;
        }

        OnAnswered();
    }

    private void Answered(ConversationRequest request, CallResult result, object? value)
    {
        if (_broken is not null)
        {
            return;
        }

        _awaited.Dequeue();
        StartLimit();
        request.Complete(result, value);
        OnAnswered();
    }

    private void StartLimit()
    {
        _limit?.Dispose();
        _limit = _awaited.TryPeek(out var next)
            ? _time.CreateTimer(_ => Break(CallFailure.TimedOut, $"no answer within {next.Limit.TotalSeconds} s"), state: null, next.Limit, Timeout.InfiniteTimeSpan)
            : null;
    }

    private void OnAnswered()
    {
        if (_awaited.Count == 0 && _draining.Count > 0)
        {
            var drained = _draining.ToArray();
            _draining.Clear();
            Array.ForEach(drained, static waiter => waiter.TrySetResult());
        }
    }
}
