using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(HealthCheck))]
public sealed class HealthCheckTests() : CheckTests(new HealthCheck(), "TF117")
{
    protected override PairSurvey Bad => Good.With(that => that.Target = Good.Target.With(it => it.Health = Ill));

    private static NodeHealth Ill => new() { IsHealthy = false, Message = "Node is behind by 42 slots", SlotsBehind = 42 };

    [Fact]
    public async Task CheckAsync_TargetIsIll_Blocks() => ShouldBlock(await FindAsync(Bad), "b", "behind by 42 slots");

    [Fact]
    public async Task CheckAsync_SourceIsIll_Warns() => ShouldWarn(await FindOnSourceAsync(source => source.With(it => it.Health = Ill)), "a", "behind by 42 slots");

    [Fact]
    public async Task CheckAsync_TargetIsBehind_Blocks() => ShouldBlock(await FindOnTargetAsync(target => target.With(it => it.Epoch = At(4782))), "b", "9 slots behind");

    [Fact]
    public async Task CheckAsync_SourceIsBehind_Warns() => ShouldWarn(await FindOnSourceAsync(source => source.With(it => it.Epoch = At(4782))), "a", "9 slots behind");

    [Fact]
    public async Task CheckAsync_SomeSlotsApart_FindsNothing() => Assert.Empty(await FindOnTargetAsync(target => target.With(it => it.Epoch = At(4783))));

    [Fact]
    public async Task CheckAsync_AnsweredLater_IsNoFurther() => ShouldBlock(
        await FindAsync(Good.With(that => that.Target = Good.Target.With(it => it.EpochSeenAfter = TimeSpan.FromSeconds(4)))), "b", "10 slots behind");

    [Fact]
    public async Task CheckAsync_FurtherBecauseItAnsweredLater_FindsNothing() => Assert.Empty(
        await FindOnTargetAsync(target => target.With(it => { it.Epoch = At(4801); it.EpochSeenAfter = TimeSpan.FromSeconds(4); })));

    [Fact]
    public async Task CheckAsync_ClustersViewIsOld_Warns() => ShouldWarn(await FindInClusterAsync(cluster => cluster.With(it => it.Epoch = At(4700))), node: null, "91 slots behind the nodes");
}
