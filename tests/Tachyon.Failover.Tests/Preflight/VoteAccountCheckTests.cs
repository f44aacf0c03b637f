using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(VoteAccountCheck))]
public sealed class VoteAccountCheckTests() : CheckTests(new VoteAccountCheck(), "TF106")
{
    protected override PairSurvey Bad => Good.With(it => it.VoteAccount = Account(isDelinquent: true));

    [Fact]
    public async Task CheckAsync_Delinquent_Warns() => ShouldWarn(await FindAsync(Bad), "a", "delinquent");

    [Fact]
    public async Task CheckAsync_NoVoteHasLandedForAWhile_Warns() =>
        ShouldWarn(await FindAsync(Good.With(that => that.Cluster = Good.Cluster.With(it => it.Epoch = At(4823)))), "a", "33 slots ago");

    [Fact]
    public async Task CheckAsync_NoVoteAccountOfTheIdentity_Blocks() =>
        ShouldBlock(await FindAsync(Good.With(it => it.VoteAccount = CallResult.NotDone(CallFailure.Refused, "no vote account whose node it is"))), node: null, "no vote account");

    [Fact]
    public async Task CheckAsync_ClusterCannotBeAsked_IsInconclusive()
    {
        var silent = CallResult.NotDone(CallFailure.Unreachable, "no answer from 127.0.0.1");

        ShouldBeUnseen(await FindAsync(Good.With(that => { that.VoteAccount = silent; that.Cluster = Good.Cluster.With(it => it.VoteAccounts = silent); })), node: null, "no answer from 127.0.0.1");
    }
}
