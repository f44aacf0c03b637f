using Tachyon.Failover.Contracts;
using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Seams;
using Tachyon.Failover.Tests.Simulation.Contracts;
using Xunit;

namespace Tachyon.Failover.Tests.Schedule;

[RunsContract(typeof(ScheduleRestartWindow))]
public sealed class ScheduleRestartWindowContractTests : RestartWindowContract, IAsyncDisposable
{
    private readonly RunningWorld _world = new(speed: 50);

    protected override IRestartWindow Window => On("first", null);

    protected override IRestartWindow UnreachableWindow => On("unlucky", new FailingRpc(RpcFault.Lost));

    protected override int Waits => 0;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private IRestartWindow On(string coordinator, IFaultPlan? faults)
    {
        var owner = _world.Coordinator(coordinator, faults);
        var answers = new ScheduleAnswers(new ChainAnswers(_world.Cluster, node: null)) { EpochsAhead = 0 };
        var rpc = new SimulatedClusterRpc(owner, _world.Cluster.Chain, node: null, answers);
        return _world.Through<IRestartWindow>(new ScheduleRestartWindow(rpc, _world.Cluster.Identities.Staked, owner.Time));
    }
}
