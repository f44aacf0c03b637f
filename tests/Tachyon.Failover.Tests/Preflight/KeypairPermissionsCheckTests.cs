using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Hosts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(KeypairPermissionsCheck))]
public sealed class KeypairPermissionsCheckTests() : CheckTests(new KeypairPermissionsCheck(), "TF110")
{
    protected override PairSurvey Bad => WithTargetsSetup(setup => setup with { Problems = [Problem(SetupAspect.KeypairPermissions)] });

    [Fact]
    public async Task CheckAsync_ProblemOfItsAspect_IsTold()
    {
        var findings = await FindAsync(Bad);

        ShouldWarn(findings, "b", "it is not there");
        findings[0].Should().Match<PreflightFinding>(finding => finding.Expected == "it" && finding.Remedy == "put it there");
    }

    [Fact]
    public async Task CheckAsync_ProblemsOfOtherAspects_AreLeftToTheirChecks() =>
        (await FindInTargetsSetupAsync(setup => setup with { Problems = [.. Enum.GetValues<SetupAspect>().Where(aspect => aspect != SetupAspect.KeypairPermissions).Select(Problem)] })).Should().BeEmpty();
}
