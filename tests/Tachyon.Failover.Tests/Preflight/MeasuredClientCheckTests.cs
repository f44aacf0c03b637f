using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(MeasuredClientCheck))]
public sealed class MeasuredClientCheckTests() : CheckTests(new MeasuredClientCheck(), "TF130")
{
    protected override PairSurvey Bad => Good.With(that => that.Target = Good.Target.With(it => it.RunningVersion = "5.0.1"));

    [Theory]
    [InlineData("5.0.1")]
    [InlineData("4.4.0")]
    [InlineData("3.0.9")]
    [InlineData("2.3.0")]
    [InlineData("master")]
    public async Task CheckAsync_VersionIsNotKnown_WarnsAndNamesTheNewestMeasured(string version)
    {
        var findings = await FindOnTargetAsync(target => target.With(it => it.RunningVersion = version));

        ShouldWarn(findings, "b", $"the ways of version {version} are not known here");
        findings[0].Expected.Should().Contain("4.3.0-beta.2 is the newest that was measured");
    }

    [Theory]
    [InlineData("3.1.4")]
    [InlineData("4.1.0")]
    [InlineData("4.2.0-rc.1")]
    public async Task CheckAsync_SourceWasOnlyRead_Notes(string version) =>
        ShouldBe(await FindOnTargetAsync(target => target.With(it => it.RunningVersion = version)), "b", PreflightSeverity.Info, "were not measured");

    [Theory]
    [InlineData("2.2.16")]
    [InlineData("4.0.3")]
    [InlineData("4.3.0-beta.2")]
    public async Task CheckAsync_VersionWasMeasured_FindsNothing(string version) =>
        (await FindOnTargetAsync(target => target.With(it => it.RunningVersion = version))).Should().BeEmpty();
}
