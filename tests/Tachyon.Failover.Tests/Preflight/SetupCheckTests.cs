using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

/// <summary>The checks that report the problems of a node's set-up, of one code each.</summary>
public abstract class SetupCheckTests(IPreflightCheck check, string code, PreflightSeverity severity = PreflightSeverity.Blocker) : CheckTests(check, code)
{
    protected override PairSurvey Bad => WithTargetsSetup(setup => setup.With(it => it.Problems = [Problem(Code)]));

    [Fact]
    public async Task CheckAsync_ProblemOfItsCode_IsTold()
    {
        var finding = (await FindAsync(Bad)).Should().ContainSingle().Which;

        finding.Should().Match<PreflightFinding>(told => told.Node == "b" && told.Severity == severity && !told.IsInconclusive);
        finding.Should().Match<PreflightFinding>(told => told.Seen == "it is not there" && told.Expected == "it" && told.Remedy == "put it there");
    }

    [Fact]
    public async Task CheckAsync_ProblemsOfOtherCodes_AreLeftToTheirChecks() =>
        (await FindInTargetsSetupAsync(setup => setup.With(it => it.Problems = [.. new[] { "TF107", "TF108", "TF109", "TF110" }.Where(other => other != Code).Select(Problem)]))).Should().BeEmpty();
}

[RunsContract(typeof(AccessCheck))]
public sealed class AccessCheckTests() : SetupCheckTests(new AccessCheck(), "TF107")
{
    [Fact]
    public async Task CheckAsync_ProblemOfACodeThatNoCheckHas_IsTold() =>
        (await FindInTargetsSetupAsync(setup => setup.With(it => it.Problems = [Problem("ACME1")]))).Should().ContainSingle();
}

[RunsContract(typeof(ToolsCheck))]
public sealed class ToolsCheckTests() : SetupCheckTests(new ToolsCheck(), "TF108");

[RunsContract(typeof(DiskCheck))]
public sealed class DiskCheckTests() : SetupCheckTests(new DiskCheck(), "TF109");

[RunsContract(typeof(KeypairPermissionsCheck))]
public sealed class KeypairPermissionsCheckTests() : SetupCheckTests(new KeypairPermissionsCheck(), "TF110", PreflightSeverity.Warning);
