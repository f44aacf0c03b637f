using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(ReachableCheck))]
public sealed class ReachableCheckTests() : CheckTests(new ReachableCheck(), "TF101")
{
    protected override PairSurvey Bad => Good.With(that => that.Target = Good.Target.With(it => it.ContactInfo = CallResult.NotDone(CallFailure.ValidatorNotRunning, "its words")));

    [Fact]
    public async Task CheckAsync_NobodyAnswers_TellsAllOfBothNodes() =>
        (await FindAsync(Silent)).Select(finding => finding.Node).Should().Equal("a", "a", "b", "b");

    [Theory]
    [InlineData(CallFailure.ValidatorNotRunning, false, "start the validator")]
    [InlineData(CallFailure.ValidatorStarting, false, "start is complete")]
    [InlineData(CallFailure.PermissionDenied, true, "RunAs")]
    [InlineData(CallFailure.ProgramMissing, true, "absolute path")]
    public async Task CheckAsync_ValidatorDoesNotAnswer_BlocksWithARemedy(CallFailure failure, bool inconclusive, string remedy)
    {
        var findings = await FindOnTargetAsync(target => target.With(it => it.ContactInfo = CallResult.NotDone(failure, "its words")));

        ShouldBlock(findings, "b", failure == CallFailure.ValidatorStarting ? "is starting" : "its words");
        findings[0].IsInconclusive.Should().Be(inconclusive);
        findings[0].Remedy.Should().Contain(remedy);
    }
}
