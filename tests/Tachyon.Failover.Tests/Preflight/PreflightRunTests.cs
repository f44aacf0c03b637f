using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Tests.Telemetry;
using Xunit;

namespace Tachyon.Failover.Tests.Preflight;

public sealed class PreflightRunTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly PreflightScene _scene = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Default_Codes_AreEachCheckedOnce() => PreflightChecks.Default.Select(check => check.Code).Should().OnlyHaveUniqueItems().And.BeInAscendingOrder();

    [Fact]
    public async Task RunAsync_GoodPair_IsClear()
    {
        var report = await RunAsync([.. PreflightChecks.Default]);

        report.Findings.Should().OnlyContain(finding => finding.Severity == PreflightSeverity.Info);
        report.IsClear.Should().BeTrue();
        report.Checks.Should().Equal(PreflightChecks.Default.Select(check => check.Code));
    }

    [Fact]
    public async Task RunAsync_ManyFindings_ComeAllAtOnceTheWorstFirst()
    {
        var report = await RunAsync(
            Check("TF190", PreflightSeverity.Info),
            Check("TF191", PreflightSeverity.Warning),
            Check("TF193", PreflightSeverity.Blocker),
            Check("TF192", PreflightSeverity.Blocker));

        report.Findings.Select(finding => finding.Code).Should().Equal("TF192", "TF193", "TF191", "TF190");
        report.IsClear.Should().BeFalse();
    }

    [Fact]
    public async Task RunAsync_NotesAndWarningsOnly_IsClear() =>
        (await RunAsync(Check("TF190", PreflightSeverity.Info), Check("TF191", PreflightSeverity.Warning))).IsClear.Should().BeTrue();

    [Fact]
    public async Task RunAsync_CheckThrows_IsABlockerAndTheOthersAreHeard()
    {
        var report = await RunAsync(
            new OwnCheck("TF190", _ => throw new InvalidOperationException("broken")),
            Check("TF191", PreflightSeverity.Info));

        report.Findings.Should().HaveCount(2);
        report.Findings[0].Should().Match<PreflightFinding>(finding => finding.Code == "TF190" && finding.Severity == PreflightSeverity.Blocker);
        report.Findings[0].IsInconclusive.Should().BeTrue();
        report.Findings[0].Seen.Should().Be("broken");
    }

    [Fact]
    public async Task RunAsync_CheckNeverEnds_IsABlockerWhenTheTimeIsOver()
    {
        var running = RunAsync(new OwnCheck("TF190", _ => new TaskCompletionSource<IReadOnlyList<PreflightFinding>>().Task), Check("TF191", PreflightSeverity.Info));
        running.IsCompleted.Should().BeFalse();

        _time.Advance(Limit);

        var report = await running;
        report.Findings.Select(finding => finding.Code).Should().Equal("TF190", "TF191");
        report.Findings[0].Seen.Should().Be("the time for the preflight was over");
    }

    [Fact]
    public async Task RunAsync_CheckBlocksItsThread_IsABlockerWhenTheTimeIsOver()
    {
        using var stuck = new ManualResetEventSlim();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = RunAsync(new OwnCheck("TF190", _ =>
        {
            began.SetResult();
            stuck.Wait(Token);
            return Task.FromResult<IReadOnlyList<PreflightFinding>>([]);
        }));
        await began.Task.WaitAsync(Token);

        _time.Advance(Limit);

        (await running.WaitAsync(Token)).Findings.Should().ContainSingle().Which.Severity.Should().Be(PreflightSeverity.Blocker);
        stuck.Set();
    }

    [Fact]
    public async Task RunAsync_Reclassified_CountsAsTheEmbedderSays()
    {
        var report = await PreflightRun.RunAsync(
            [new OwnCheck("TF190", _ => throw new InvalidOperationException("broken")), Check("TF191", PreflightSeverity.Blocker), Check("TF192", PreflightSeverity.Info)],
            finding => finding switch
            {
                { IsInconclusive: true } => PreflightSeverity.Info,
                { Code: "TF192" } => PreflightSeverity.Blocker,
                _ => finding.Severity,
            },
            new PoolTimers(_time),
            _scene.Pair,
            PreflightScene.Good,
            Token);

        report.Findings.Select(finding => (finding.Code, finding.Severity)).Should().Equal(
            ("TF191", PreflightSeverity.Blocker), ("TF192", PreflightSeverity.Blocker), ("TF190", PreflightSeverity.Info));
    }

    [Fact]
    public async Task RunAsync_ReclassifyingThrows_LeavesTheFindingAsItIs()
    {
        var report = await PreflightRun.RunAsync(
            [Check("TF190", PreflightSeverity.Blocker)], _ => throw new InvalidOperationException("an embedder's own trouble"), new PoolTimers(_time), _scene.Pair, PreflightScene.Good, Token);

        report.IsClear.Should().BeFalse();
    }

    private static OwnCheck Check(string code, PreflightSeverity severity) =>
        new(code, _ => Task.FromResult<IReadOnlyList<PreflightFinding>>([new() { Code = code, Severity = severity, Seen = "found", Expected = "nothing" }]));

    private async Task<PreflightReport> RunAsync(params IReadOnlyList<IPreflightCheck> checks)
    {
        using var deadline = new CancellationTokenSource(Limit, _time);
        return await PreflightRun.RunAsync(checks, reclassify: null, new PoolTimers(_time), _scene.Pair, PreflightScene.Good, deadline.Token);
    }

    /// <summary>A check as an embedder would write it.</summary>
    private sealed class OwnCheck(string code, Func<CancellationToken, Task<IReadOnlyList<PreflightFinding>>> check) : IPreflightCheck
    {
        public string Code => code;

        public Task<IReadOnlyList<PreflightFinding>> CheckAsync(ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) => check(cancellationToken);
    }
}
