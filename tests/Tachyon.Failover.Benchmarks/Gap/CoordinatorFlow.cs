using Tachyon.Failover.Journal;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>The library's way, with a journal in a file: what that costs belongs to the gap.</summary>
internal sealed class CoordinatorFlow : IFlow
{
    private readonly Stage _stage;
    private readonly FailoverCoordinator _coordinator;
    private readonly IShell _toA;
    private readonly IShell _toB;
    private readonly ShellValidatorPair _nodes;

    /// <param name="idle">The restart window to wait for; null to begin at once.</param>
    public CoordinatorFlow(Stage stage, ShellKind shell, TimeSpan? idle)
    {
        _stage = stage;
        _coordinator = new FailoverCoordinator(new FailoverOptions
        {
            MinimumIdle = idle,
            MinimumIdleAtDemotion = idle / 4,
            Journal = new FileFailoverJournal(Path.Combine(stage.Folder, $"{shell}-{idle?.TotalSeconds}.journal")),
        });
        _toA = stage.Reach(stage.Cluster.A, shell);
        _toB = stage.Reach(stage.Cluster.B, shell);
        _nodes = new ShellValidatorPair(stage.Cluster.StakedIdentity, stage.Cluster.A.Settings, _toA, stage.Cluster.B.Settings, _toB);
    }

    public async Task<FlowEnd> MoveAsync(StandInNode from, StandInNode to, CancellationToken cancellationToken)
    {
        var result = await _coordinator.SwitchoverAsync(from == _stage.Cluster.A ? _nodes.FromAToB : _nodes.FromBToA, cancellationToken: cancellationToken);
        if (result.Outcome != FailoverOutcome.Completed)
        {
            await Console.Error.WriteLineAsync(result.ToString());
        }

        return new FlowEnd(result.Outcome == FailoverOutcome.Completed, result);
    }

    public async ValueTask DisposeAsync()
    {
        await _nodes.DisposeAsync();
        await _toA.DisposeAsync();
        await _toB.DisposeAsync();
    }
}
