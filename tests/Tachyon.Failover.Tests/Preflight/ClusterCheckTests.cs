using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(ClusterCheck))]
public sealed class ClusterCheckTests() : CheckTests(new ClusterCheck(), "TF118")
{
    protected override PairSurvey Bad => Good.With(that => that.Target = Good.Target.With(it => it.GenesisHash = Foreign.ToString()));

    [Fact]
    public async Task CheckAsync_GenesisHashOfANodeDiffers_BlocksAndNamesAll() => ShouldBlock(await FindAsync(Bad), node: null, $"b {Foreign}, cluster G98");

    [Fact]
    public async Task CheckAsync_GenesisHashOfTheClusterDiffers_Blocks() =>
        ShouldBlock(await FindInClusterAsync(cluster => cluster.With(it => it.GenesisHash = Foreign.ToString())), node: null, $"cluster {Foreign}");

    [Fact]
    public async Task CheckAsync_ShredVersionsDiffer_Blocks() =>
        ShouldBlock(await FindOnTargetAsync(target => target.With(it => it.ContactInfo = Running(OwnOfB, shredVersion: 7))), node: null, "10821 at a, 7 at b");
}
