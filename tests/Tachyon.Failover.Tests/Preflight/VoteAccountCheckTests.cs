using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(VoteAccountCheck))]
public sealed class VoteAccountCheckTests() : CheckTests(new VoteAccountCheck(), "TF106")
{
    protected override PairSurvey Bad => Good with { VoteAccount = PreflightScene.Account(isDelinquent: true) };

    [Fact]
    public async Task CheckAsync_Delinquent_Warns() => ShouldBe(await FindAsync(Bad), node: null, PreflightSeverity.Warning, "delinquent");

    [Fact]
    public async Task CheckAsync_ClusterCannotBeAsked_Warns() =>
        ShouldBe(
            await FindAsync(Good with { VoteAccount = CallResult.NotDone(CallFailure.Unreachable, "no answer from 127.0.0.1") }),
            node: null,
            PreflightSeverity.Warning,
            "no answer from 127.0.0.1");
}
