using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(KeypairsCheck))]
public sealed class KeypairsCheckTests() : CheckTests(new KeypairsCheck(), "TF103")
{
    protected override PairSurvey Bad => Good.With(that => that.Target = Good.Target.With(it => it.Inspection = Has(Foreign, OwnOfA)));

    [Fact]
    public async Task CheckAsync_StakedKeyDiffers_Blocks() =>
        ShouldBlock(await FindOnTargetAsync(target => target.With(it => it.Inspection = Has(Foreign, OwnOfB))), "b", $"holds {Foreign}");

    [Fact]
    public async Task CheckAsync_UnstakedIsTheStakedOne_Blocks() =>
        ShouldBlock(await FindOnSourceAsync(source => source.With(it => it.Inspection = Has(Staked, Staked))), "a", "could never be demoted");

    [Fact]
    public async Task CheckAsync_BothUnstakedTheSame_Blocks() =>
        ShouldBlock(await FindOnTargetAsync(target => target.With(it => it.Inspection = Has(Staked, OwnOfA))), node: null, $"both nodes have the unstaked identity {OwnOfA}");

    [Fact]
    public async Task CheckAsync_KeyThatCouldNotBeRead_IsInconclusive() =>
        ShouldBeUnseen(await FindOnTargetAsync(target => target.With(it => it.Inspection = Has(staked: null, OwnOfB))), "b", "could not be read");
}
