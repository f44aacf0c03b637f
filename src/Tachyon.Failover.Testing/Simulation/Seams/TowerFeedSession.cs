using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Wire;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>A <c>tail -F</c> on a node's tower, in its own session.</summary>
internal sealed class TowerFeedSession : IAsyncDisposable
{
    private readonly Queue<SimulatedTower> _arrived = new();
    private readonly SimulatedNode _node;
    private readonly int _boot;
    private WireSession? _session;
    private TaskCompletionSource? _waiting;
    private bool _hasEnded;

    public TowerFeedSession(NodeConversation conversation, EventQueue events)
    {
        _node = conversation.Node;
        _boot = _node.Boots;
        conversation.Wire.Open((session, _) =>
        {
            if (session is null || _hasEnded)
            {
                session?.Close();
                End();
                return;
            }

            _session = session;
            session.Lost = _ => End();
            session.Ended = () => _node.Towers.Changed -= Send;
            session.ToNode(() =>
            {
                Send(_node.Towers.Current);
                _node.Towers.Changed += Send;
            });
        });
    }

    /// <summary>The next tower; null if the stream is over, or the caller canceled.</summary>
    public async Task<TowerFile?> NextAsync(CancellationToken cancellationToken)
    {
        while (_arrived.Count == 0 && !_hasEnded && !cancellationToken.IsCancellationRequested)
        {
            _waiting = new TaskCompletionSource();
            await _waiting.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return !cancellationToken.IsCancellationRequested && _arrived.TryDequeue(out var tower) ? tower.File : null;
    }

    public ValueTask DisposeAsync()
    {
        _hasEnded = true;
        _node.Towers.Changed -= Send;
        _session?.Close();
        return ValueTask.CompletedTask;
    }

    private void Send(SimulatedTower? tower)
    {
        if (tower is not null && _node.Boots == _boot)
        {
            _session!.ToCoordinator(() =>
            {
                _arrived.Enqueue(tower);
                Signal();
            });
        }
    }

    private void End()
    {
        _hasEnded = true;
        _node.Towers.Changed -= Send;
        Signal();
    }

    private void Signal()
    {
        var waiting = _waiting;
        _waiting = null;
        waiting?.TrySetResult();
    }
}
