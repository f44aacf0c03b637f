using System.Text.Json;
using FluentAssertions;
using Tachyon.Failover.Preflight;
using Xunit;

namespace Tachyon.Failover.Tests.Preflight;

public sealed class PreflightReportTests
{
    private static readonly PreflightFinding Lock = Finding("TF121", PreflightSeverity.Blocker, "north", "the lock is held by them").With(static it => it.Remedy = "wait");

    private static readonly PreflightFinding Unreachable = Finding("TF107", PreflightSeverity.Blocker, "b", "not done (Unreachable):\nno route").With(static it => it.IsInconclusive = true);

    [Fact]
    public void ToString_NothingFound_SaysSo() => new PreflightReport(["TF101"], []).ToString().Should().Be("clear: nothing found");

    [Fact]
    public void ToString_Findings_AreATableTheWorstFirst()
    {
        var report = new PreflightReport([], [Finding("TF123", PreflightSeverity.Info, node: null, "20 ms to b"), Lock]);

        report.ToString().ReplaceLineEndings("\n").Should().Be(
            """
            blocked: 1 blocker, 1 info
            code   severity  node   finding
            TF121  blocker   north  the lock is held by them
                                    expected: otherwise
                                    to mend it: wait
            TF123  info             20 ms to b
                                    expected: otherwise
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void ToString_SeveralInconclusiveForOneReason_ShareARow()
    {
        var report = new PreflightReport([], [Unreachable, Unreachable.With(static it => it.Code = "TF108"), Unreachable.With(static it => { it.Code = "TF109"; it.Node = "a"; })]);

        var lines = report.ToString().Split(Environment.NewLine);
        lines[0].Should().Be("blocked: 3 blockers");
        lines[2].Should().Be("TF107  blocker   b     inconclusive, like TF108: not done (Unreachable): no route");
        lines.Where(line => line.StartsWith("TF", StringComparison.Ordinal)).Should().HaveCount(2);
    }

    [Fact]
    public void ToJson_Findings_AreAllThereUnderTheirNames()
    {
        using var json = JsonDocument.Parse(new PreflightReport(["TF107", "TF121"], [Lock, Unreachable]).ToJson());

        json.RootElement.EnumerateObject().Select(member => member.Name).Should().Equal("version", "isClear", "checks", "findings");
        json.RootElement.GetProperty("version").GetInt32().Should().Be(FailoverResult.JsonVersion).And.Be(1);
        json.RootElement.GetProperty("isClear").GetBoolean().Should().BeFalse();
        json.RootElement.GetProperty("checks").EnumerateArray().Select(code => code.GetString()).Should().Equal("TF107", "TF121");
        var findings = json.RootElement.GetProperty("findings").EnumerateArray().ToList();
        findings[0].EnumerateObject().Select(member => $"{member.Name}={member.Value}").Should().Equal(
            "code=TF107", "severity=blocker", "node=b", "seen=not done (Unreachable):\nno route", "expected=otherwise", "remedy=", "isInconclusive=True");
        findings[1].GetProperty("remedy").GetString().Should().Be("wait");
    }

    private static PreflightFinding Finding(string code, PreflightSeverity severity, string? node, string seen) =>
        new() { Code = code, Severity = severity, Node = node, Seen = seen, Expected = "otherwise" };

    /// <summary>One cause gives one finding: an operator with a wrong key must not read forty rows.</summary>
    [Fact]
    public void ToString_BothNodesAreOutOfReach_HasARowForEachAndOneForTheCluster()
    {
        var report = new PreflightReport(
            ["TF101", "TF106", "TF107", "TF117"],
            [
                Unseen("TF101", "a", "the key cannot be used").With(static it => it.Expected = "a node that answers"),
                Unseen("TF107", "a", "the key cannot be used"),
                Unseen("TF117", "a", "getHealth: the key cannot be used"),
                Unseen("TF117", "a", "getEpochInfo: the key cannot be used"),
                Unseen("TF101", "b", "no route").With(static it => it.Expected = "a node that answers"),
                Unseen("TF106", null, "getVoteAccounts: no route"),
                Unseen("TF117", null, "getEpochInfo: no route"),
            ]);

        var lines = report.ToString().Split(Environment.NewLine).Where(line => line.StartsWith("TF", StringComparison.Ordinal));

        lines.Should().Equal(
            "TF101  blocker   a     inconclusive, like TF107, TF117: the key cannot be used",
            "TF101  blocker   b     inconclusive: no route",
            "TF106  blocker         inconclusive, like TF117: getVoteAccounts: no route");
    }

    [Fact]
    public void ToString_ANodeAnswersAndItsProgramIsMissing_OtherReasonsAreNotHidden()
    {
        var report = new PreflightReport(["TF101", "TF117"], [Unseen("TF101", "a", "no program"), Unseen("TF117", "a", "no RPC")]);

        report.ToString().Should().Contain("no program").And.Contain("no RPC");
    }

    private static PreflightFinding Unseen(string code, string? node, string seen) =>
        new() { Code = code, Severity = PreflightSeverity.Blocker, Node = node, Seen = seen, Expected = "it", IsInconclusive = true };
}
