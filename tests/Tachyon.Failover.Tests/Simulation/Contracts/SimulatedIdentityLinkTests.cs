using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Seams;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

[RunsContract(typeof(SimulatedIdentityLink))]
public sealed class SimulatedIdentityLinkTests : IdentityLinkContract, IAsyncDisposable
{
    private readonly RunningWorld _world = new(speed: 20);
    private IIdentityLink? _link;

    protected override IIdentityLink Link => _link ??= _world.Through(_world.Coordinator("first").Pair(_world.A).Source.Link!);

    protected override IIdentityLink Misnamed => _world.Through<IIdentityLink>(new SimulatedIdentityLink(_world.Coordinator("misled").With(_world.A), NodePaths.Usual.Swapped));

    protected override (Pubkey Staked, Pubkey Unstaked) Keys => (_world.A.KeyOf(IdentityRole.Staked), _world.A.KeyOf(IdentityRole.Unstaked));

    protected override string? Target => _world.Ask(() => _world.A.LinkTarget);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    protected override string PathOf(IdentityRole identity) => NodePaths.Usual.KeypairOf(identity);

    protected override void Arrange(string target) => _world.Do(() => _world.A.LinkTarget = target);

    // For the node, a file in the link's place is as little a link as nothing.
    protected override void ArrangeFile() => ArrangeNothing();

    protected override void ArrangeNothing() => _world.Do(() => _world.A.LinkTarget = null);
}
