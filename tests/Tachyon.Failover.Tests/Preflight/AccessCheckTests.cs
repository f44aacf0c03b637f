using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Hosts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(AccessCheck))]
public sealed class AccessCheckTests() : CheckTests(new AccessCheck(), "TF107")
{
    protected override PairSurvey Bad => WithTargetsSetup(setup => setup with { Problems = [Problem(SetupAspect.Access)] });

    [Fact]
    public async Task CheckAsync_ProblemOfItsAspect_IsTold()
    {
        var findings = await FindAsync(Bad);

        ShouldBlock(findings, "b", "it is not there");
        findings[0].Should().Match<PreflightFinding>(finding => finding.Expected == "it" && finding.Remedy == "put it there");
    }

    [Fact]
    public async Task CheckAsync_ProblemsOfOtherAspects_AreLeftToTheirChecks() =>
        (await FindInTargetsSetupAsync(setup => setup with { Problems = [.. Enum.GetValues<SetupAspect>().Where(aspect => aspect != SetupAspect.Access).Select(Problem)] })).Should().BeEmpty();
}
