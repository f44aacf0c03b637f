using Tachyon.Failover.Journal;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>The library's way.</summary>
internal sealed class CoordinatorFlow : IFlow
{
    private readonly GapScene _scene;
    private readonly FailoverCoordinator _coordinator;
    private readonly ShellValidatorPair _nodes;

    public CoordinatorFlow(GapScene scene, bool choosesMoment)
    {
        _scene = scene;
        _coordinator = new FailoverCoordinator(new FailoverOptions { MinimumIdle = null, ChoosesMoment = choosesMoment, Journal = new FileFailoverJournal(scene.NewJournalPath()) });
        _nodes = new ShellValidatorPair(scene.Cluster.StakedIdentity, GapScene.SettingsOf(scene.Cluster.A), scene.ShellTo(scene.Cluster.A), GapScene.SettingsOf(scene.Cluster.B), scene.ShellTo(scene.Cluster.B));
    }

    public async Task<(bool Completed, TimeSpan? OwnWork)> MoveAsync(StandInNode from, StandInNode to, CancellationToken cancellationToken)
    {
        var result = await _coordinator.SwitchoverAsync(from == _scene.Cluster.A ? _nodes.FromAToB : _nodes.FromBToA, cancellationToken: cancellationToken);
        if (result.Outcome != SwitchoverOutcome.Completed)
        {
            await Console.Error.WriteLineAsync(result.ToString());
        }

        return (result.Outcome == SwitchoverOutcome.Completed, result.Gap?.OwnWork);
    }

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();
}
