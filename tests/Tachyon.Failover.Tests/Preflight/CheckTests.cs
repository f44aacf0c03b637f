using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Preflight;
using Xunit;

namespace Tachyon.Failover.Tests.Preflight;

/// <summary>A check of the library on hand-made surveys.</summary>
public abstract class CheckTests(IPreflightCheck check, string code) : PreflightCheckContract
{
    private readonly PreflightScene _scene = new();

    protected override IPreflightCheck Check => check;

    protected override string Code => code;

    protected override ValidatorPair Pair => _scene.Pair;

    protected override PairSurvey Good => PreflightScene.Good;

    protected override PairSurvey Silent => PreflightScene.Silent;

    protected override IReadOnlyCollection<string> Changes => _scene.Changes;

    protected Task<IReadOnlyList<PreflightFinding>> FindAsync(PairSurvey survey) => check.CheckAsync(_scene.Pair, survey, TestContext.Current.CancellationToken);

    protected Task<IReadOnlyList<PreflightFinding>> FindOnTargetAsync(Func<NodeSurvey, NodeSurvey> change) => FindAsync(Good.With(it => it.Target = change(Good.Target)));

    protected Task<IReadOnlyList<PreflightFinding>> FindOnSourceAsync(Func<NodeSurvey, NodeSurvey> change) => FindAsync(Good.With(it => it.Source = change(Good.Source)));

    protected static void ShouldBe(IEnumerable<PreflightFinding> findings, string? node, PreflightSeverity severity, string words)
    {
        var finding = findings.Should().ContainSingle().Which;
        finding.Node.Should().Be(node);
        finding.Severity.Should().Be(severity);
        finding.Seen.Should().Contain(words);
    }

    protected Task<IReadOnlyList<PreflightFinding>> FindInClusterAsync(Func<ClusterSurvey, ClusterSurvey> change) => FindAsync(Good.With(it => it.Cluster = change(Good.Cluster)));

    protected Task<IReadOnlyList<PreflightFinding>> FindInTargetsSetupAsync(Func<ValidatorInspection, ValidatorInspection> change) =>
        FindAsync(WithTargetsSetup(change));

    protected static PairSurvey WithTargetsSetup(Func<ValidatorInspection, ValidatorInspection> change) =>
        PreflightScene.Good.With(that => that.Target = PreflightScene.Good.Target.With(it => it.Inspection = change(PreflightScene.Good.Target.Inspection.Value!)));

    protected static void ShouldBeUnseen(IEnumerable<PreflightFinding> findings, string? node, string words)
    {
        findings.Should().OnlyContain(finding => finding.IsInconclusive);
        ShouldBlock(findings, node, words);
    }

    protected static void ShouldWarn(IEnumerable<PreflightFinding> findings, string? node, string words) => ShouldBe(findings, node, PreflightSeverity.Warning, words);

    protected static void ShouldBlock(IEnumerable<PreflightFinding> findings, string? node, string words) => ShouldBe(findings, node, PreflightSeverity.Blocker, words);
}
