using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(BalanceCheck))]
public sealed class BalanceCheckTests() : CheckTests(new BalanceCheck(), "TF116")
{
    protected override PairSurvey Bad => Good.With(that => that.Cluster = Good.Cluster.With(it => it.StakedAccount = Holds(7_559_999_999)));

    [Fact]
    public async Task CheckAsync_LessThanAWeek_WarnsWithTheNumbers()
    {
        var findings = await FindAsync(Bad);

        ShouldWarn(findings, node: null, "holds 7.56 coins");
        Assert.Contains("7.56 coins or more", findings[0].Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_JustAWeek_FindsNothing() => Assert.Empty(await FindInClusterAsync(cluster => cluster.With(it => it.StakedAccount = Holds(7_560_000_000))));

    [Fact]
    public async Task CheckAsync_VoterSignsAsWell_NeedsTwice() =>
        ShouldWarn(await FindInClusterAsync(cluster => cluster.With(it => { it.StakedAccount = Holds(15_119_999_999); it.VoteState = Voters(Foreign); })), node: null, "holds 15.12 coins");

    [Fact]
    public async Task CheckAsync_NoSuchAccount_IsNothing() =>
        ShouldWarn(await FindInClusterAsync(cluster => cluster.With(it => it.StakedAccount = CallResult.NotDone(CallFailure.Refused))), node: null, "holds 0 coins");
}
