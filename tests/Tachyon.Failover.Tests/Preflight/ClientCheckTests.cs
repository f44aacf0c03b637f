using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(ClientCheck))]
public sealed class ClientCheckTests() : CheckTests(new ClientCheck(), "TF113")
{
    protected override PairSurvey Bad => Good.With(that => that.Target = Good.Target.With(it => it.RunningVersion = "5.0.0"));

    [Theory]
    [InlineData("tachyon-validator 2.2.16 (src:0; feat:1, client:Tachyon)", "2.2.16")]
    [InlineData("agave-validator 2.2.15 (src:0; feat:1, client:Agave)", "2.2.15")]
    [InlineData("agave-validator 4.0.3 (src:0; feat:1, client:JitoLabs)", "4.0.3")]
    [InlineData("agave-validator 4.3.0 (src:0; feat:1, client:Agave)", "4.3.0")]
    public async Task CheckAsync_NodesDifferAndReadEachOthersTowers_NotesOnce(string program, string running) => ShouldBe(
        await FindOnTargetAsync(target => target.With(it => { it.RunningVersion = running; it.Inspection = (target.Inspection.Value!).With(that => that.Version = program); })),
        node: null,
        PreflightSeverity.Info,
        $"b has {program}: each reads the other's towers");

    [Theory]
    [InlineData("tachyon-validator 5.0.0 (src:0; feat:1, client:Tachyon)", "5.0.0")]
    [InlineData("other-validator master", "master")]
    public async Task CheckAsync_NodesDiffer_WarnsOnce(string program, string running) => ShouldWarn(
        await FindOnTargetAsync(target => target.With(it => { it.RunningVersion = running; it.Inspection = (target.Inspection.Value!).With(that => that.Version = program); })), node: null, program);

    [Fact]
    public async Task CheckAsync_ProgramWasChangedSinceTheStart_Warns()
    {
        var findings = await FindAsync(Good.With(that => { that.Target = Upgraded(Good.Target); that.Source = Upgraded(Good.Source); }));

        findings.Select(finding => (finding.Node, finding.Severity)).Should().Equal(("a", PreflightSeverity.Warning), ("b", PreflightSeverity.Warning));
        findings.Should().OnlyContain(finding => finding.Seen.Contains("runs 2.2.15, and the program is tachyon-validator 2.2.16", StringComparison.Ordinal));

        static NodeSurvey Upgraded(NodeSurvey node) => node.With(it => it.Inspection = (node.Inspection.Value!).With(static that => that.Version = VersionText.Replace("2.2.15", "2.2.16", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task CheckAsync_ProgramDidNotSay_IsInconclusive() => ShouldBeUnseen(await FindInTargetsSetupAsync(setup => setup.With(static it => it.Version = null)), "b", "did not print its version");
}
