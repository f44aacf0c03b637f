using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Hosts;
using Tachyon.Failover.Preflight;
using Xunit;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(ReachableCheck))]
public sealed class ReachableCheckTests() : CheckTests(new ReachableCheck(), "TF101")
{
    protected override PairSurvey Bad => PreflightScene.Silent;

    [Fact]
    public async Task CheckAsync_NobodyAnswers_TellsAllOfBothNodes() =>
        (await FindAsync(Silent)).Select(finding => finding.Node).Should().Equal("a", "a", "b", "b");

    [Theory]
    [InlineData(CallFailure.ValidatorNotRunning, "Start the validator")]
    [InlineData(CallFailure.ValidatorStarting, "start is complete")]
    [InlineData(CallFailure.PermissionDenied, "RunAs")]
    [InlineData(CallFailure.ProgramMissing, "absolute path")]
    public async Task CheckAsync_ValidatorDoesNotAnswer_BlocksWithARemedy(CallFailure failure, string remedy)
    {
        var findings = await FindOnTargetAsync(target => target with { ContactInfo = CallResult.NotDone(failure, "its words") });

        ShouldBlock(findings, "b", "its words");
        findings[0].Remedy.Should().Contain(remedy);
    }

    [Fact]
    public async Task CheckAsync_ProblemsAndWarnings_AreBlockersAndWarnings()
    {
        var findings = await FindOnSourceAsync(source => source with { Inspection = new ValidatorInspection { Problems = ["no ledger", "no flock"], Warnings = ["open keypair"] } });

        findings.Select(finding => (finding.Severity, finding.Message)).Should().Equal(
            (PreflightSeverity.Blocker, "no ledger"),
            (PreflightSeverity.Blocker, "no flock"),
            (PreflightSeverity.Warning, "open keypair"));
    }
}
