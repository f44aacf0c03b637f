using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(GossipCheck))]
public sealed class GossipCheckTests() : CheckTests(new GossipCheck(), "TF119")
{
    protected override PairSurvey Bad => Good.With(that => that.Cluster = Good.Cluster.With(it => it.Nodes = Gossip((Staked, GossipOfB))));

    [Fact]
    public async Task CheckAsync_StakedIdentityElsewhere_Blocks() => ShouldBlock(await FindAsync(Bad), node: null, $"at {GossipOfB}, and the source is at {GossipOfA}");

    [Fact]
    public async Task CheckAsync_StakedIdentityTwice_Blocks() =>
        ShouldBlock(await FindInClusterAsync(cluster => cluster.With(it => it.Nodes = Gossip((Staked, GossipOfA), (Staked, "192.0.2.9:8001")))), node: null, "at 192.0.2.9:8001");

    [Fact]
    public async Task CheckAsync_StakedIdentityNowhere_Warns() => ShouldWarn(await FindInClusterAsync(cluster => cluster.With(it => it.Nodes = Gossip((OwnOfB, GossipOfB)))), "a", "does not have");

    [Fact]
    public async Task CheckAsync_SourceNamesNoAddress_IsInconclusive() =>
        ShouldBeUnseen(await FindOnSourceAsync(source => source.With(it => it.ContactInfo = Running(Staked))), "a", "reported no gossip address");

    /// <summary>The node at that other address is the active one, and TF102 says so.</summary>
    [Fact]
    public async Task S5_CheckAsync_TargetIsTheActiveOne_FindsNothing() => (await FindAsync(Bad.With(made =>
    {
        made.Source = Good.Source.With(that => that.ContactInfo = Running(OwnOfA, gossip: GossipOfA));
        made.Target = Good.Target.With(it => it.ContactInfo = Running(Staked, gossip: GossipOfB));
    }))).Should().BeEmpty();

    [Fact]
    public async Task S5_CheckAsync_StakedIdentityElsewhere_TellsNobodyToStopANodeUnseen() =>
        (await FindAsync(Bad)).Should().ContainSingle().Which.Remedy.Should().Contain("before you stop anything").And.Contain(nameof(FailoverCoordinator.DiagnoseAsync));
}
