using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(UnstakedIdentityCheck))]
public sealed class UnstakedIdentityCheckTests() : CheckTests(new UnstakedIdentityCheck(), "TF114")
{
    protected override PairSurvey Bad => Good.With(that => that.Cluster = Good.Cluster.With(it => it.VoteAccounts = Accounts(OwnOfB, stake: 1)));

    [Fact]
    public async Task CheckAsync_UnstakedIdentityHasStake_Blocks() => ShouldBlock(await FindAsync(Bad), "b", $"{OwnOfB} is the node of the vote account");

    [Fact]
    public async Task CheckAsync_VoteAccountWithoutStake_FindsNothing() =>
        Assert.Empty(await FindInClusterAsync(cluster => cluster.With(it => it.VoteAccounts = Accounts(OwnOfB, stake: 0))));

    [Fact]
    public async Task CheckAsync_KeypairCouldNotBeRead_IsInconclusive() =>
        ShouldBeUnseen(await FindInTargetsSetupAsync(setup => setup.With(static it => it.UnstakedIdentity = null)), "b", "could not be read");

    private static CallResult<IReadOnlyList<VoteAccount>> Accounts(Pubkey node, ulong stake) =>
        CallResult.Read<IReadOnlyList<VoteAccount>>([Account(isDelinquent: false), Account(isDelinquent: false).With(it => { it.Node = node; it.ActivatedStake = stake; })]);
}
