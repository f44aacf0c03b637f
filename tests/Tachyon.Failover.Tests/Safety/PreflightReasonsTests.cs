using FluentAssertions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Runs;
using Tachyon.Failover.Testing.Simulation;
using Xunit;

namespace Tachyon.Failover.Tests.Safety;

/// <summary>What a takeover leaves out of a preflight, and what it keeps; and what a preflight tells of the journal.</summary>
public sealed class PreflightReasonsTests
{
    private readonly SimulatedPair _pair = new(11);

    private static TakeoverPolicy Asserted => new() { MinimumGrade = EvidenceGrade.Asserted, OperatorStatement = "a test" };

    [Theory]
    [InlineData(null)]
    [InlineData("b")]
    public void C4_TakeoverAsync_AnEmbeddersCheckBlocks_IsRefused(string? node)
    {
        var result = TakeOver(new Says(node, PreflightSeverity.Blocker));

        result.Outcome.Should().Be(FailoverOutcome.Refused);
        result.Preflight.Findings.Should().Contain(finding => finding.Code == Says.ItsCode);
        _pair.A.RunsStaked.Should().BeTrue("nothing was touched");
    }

    [Fact]
    public void C4_TakeoverAsync_OnlyTheSourceIsBlocked_GoesOn()
    {
        var result = TakeOver(new Says("a", PreflightSeverity.Blocker));

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        result.Preflight.Findings.Should().NotContain(finding => finding.Code == Says.ItsCode);
    }

    /// <summary>The cluster's RPC may be lost together with the source. The target's own shows the cluster as well.</summary>
    [Fact]
    public void C4_TakeoverAsync_ClustersRpcIsGone_ProbesTheClusterThroughTheTarget()
    {
        var coordinator = _pair.Coordinator;
        _pair.Pass(TimeSpan.FromSeconds(20));
        coordinator.ReachesCluster = false;

        var report = coordinator.Run(() => new FailoverCoordinator(new FailoverOptions { Journal = coordinator.Journal }, timeProvider: _pair.Time).PreflightTakeoverAsync(_pair.FromAToB), TimeSpan.FromMinutes(3))!;

        report.IsClear.Should().BeTrue("{0}", report);
    }

    [Fact]
    public void C6_Preflight_DebtOnTheTarget_IsAFindingAndTheSwitchoverIsRefusedForIt()
    {
        _pair.Pass(TimeSpan.FromSeconds(5));
        var coordinator = Coordinator(new FailoverOptions { Journal = JournalWithDebtOnB(), MinimumIdle = null });

        var looked = _pair.Run(() => coordinator.PreflightAsync(_pair.FromAToB))!;
        var plan = _pair.Run(() => coordinator.DryRunAsync(_pair.FromAToB))!;
        var result = _pair.Run(() => coordinator.SwitchoverAsync(_pair.FromAToB))!;

        looked.Findings.Should().ContainSingle(finding => finding.Severity == PreflightSeverity.Blocker).Which.Should().Match<PreflightFinding>(finding => finding.Code == RunReasons.PendingDemotionCode && finding.Node == "b");
        plan.IsClear.Should().BeFalse();
        result.Outcome.Should().Be(FailoverOutcome.Refused);
        result.Reason.Should().Contain($"{RunReasons.PendingDemotionCode} (b): the takeover old took the identity from b");
    }

    /// <summary>A debt of the target counts with every choice and severity of an embedder's checks.</summary>
    [Fact]
    public void C6_Switchover_ChecksLeftOutAndReclassified_IsRefusedForTheDebtAllTheSame()
    {
        _pair.Pass(TimeSpan.FromSeconds(5));
        var coordinator = Coordinator(new FailoverOptions { Journal = JournalWithDebtOnB(), MinimumIdle = null, Preflight = [PreflightChecks.Default[0]], Reclassify = _ => PreflightSeverity.Info });

        _pair.Run(() => coordinator.SwitchoverAsync(_pair.FromAToB))!.Reason.Should().Contain(RunReasons.PendingDemotionCode);
    }

    [Fact]
    public void C6_Preflight_TargetReplaysNothing_IsAFinding()
    {
        _pair.Pass(TimeSpan.FromSeconds(5));
        _pair.B.IsCutOff = true;
        _pair.Pass(TimeSpan.FromSeconds(2));

        _pair.Run(() => Coordinator(new FailoverOptions()).PreflightAsync(_pair.FromAToB))!.Findings.Should().Contain(finding => finding.Code == RunReasons.ReplayCode && finding.Node == "b");
    }

    [Fact]
    public void C6_Preflight_NoWayToWaitForAWindow_IsAFindingUnlessNoneIsAskedFor()
    {
        _pair.Pass(TimeSpan.FromSeconds(5));
        var pair = _pair.FromAToB;
        pair = pair with { Source = pair.Source with { RestartWindow = null } };

        _pair.Run(() => Coordinator(new FailoverOptions()).PreflightAsync(pair))!.Findings.Should().Contain(finding => finding.Code == RunReasons.WindowCode && finding.Node == "a");
        _pair.Run(() => Coordinator(new FailoverOptions { MinimumIdle = null }).PreflightAsync(pair))!.IsClear.Should().BeTrue();
    }

    /// <summary>In some 40 slots of each epoch, the identity leads every other time. The schedule has no hour without.</summary>
    [Fact]
    public void C6_Preflight_NoWindowOfThatLengthIsInTheSchedule_IsAFinding()
    {
        var pair = new SimulatedPair(new SimulatedPairOptions { Seed = 4, LeaderShare = 0.5 });
        pair.Pass(TimeSpan.FromSeconds(5));
        var coordinator = new FailoverCoordinator(new FailoverOptions { MinimumIdle = TimeSpan.FromHours(1) }, timeProvider: pair.Time);

        pair.Run(() => coordinator.PreflightAsync(pair.FromAToB))!.Findings.Should().Contain(finding => finding.Code == RunReasons.WindowCode && !finding.IsInconclusive);
    }

    [Fact]
    public void C6_Preflight_JournalCannotBeRead_IsAFinding()
    {
        _pair.Pass(TimeSpan.FromSeconds(5));

        var looked = _pair.Run(() => Coordinator(new FailoverOptions { Journal = new UnreadableJournal() }).PreflightAsync(_pair.FromAToB))!;

        looked.Findings.Should().Contain(finding => finding.Code == RunReasons.JournalCode && finding.IsInconclusive && finding.Seen.EndsWith("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void E2_ValidatorWatch_TwoWitnessesOfOneName_IsRefused()
    {
        var pair = _pair.FromAToB;
        pair = pair with { Witnesses = [new() { Name = "cluster", Rpc = pair.Source.Rpc }, new() { Name = "cluster", Rpc = _pair.AddCoordinator("other").FromAToB.Cluster }] };

        var making = () => new ValidatorMonitor(pair, timeProvider: _pair.Time);

        making.Should().Throw<InvalidSettingsException>().WithMessage("*two witnesses are called 'cluster'*");
    }

    [Fact]
    public async Task E2_TakeoverAsync_AWitnessHasTheTargetsName_IsRefused()
    {
        var pair = _pair.FromAToB with { Witnesses = [new() { Name = "b", Rpc = _pair.AddCoordinator("other").FromAToB.Cluster }] };

        var takingOver = () => Coordinator(new FailoverOptions()).TakeoverAsync(pair, Asserted);

        (await takingOver.Should().ThrowAsync<InvalidSettingsException>()).WithMessage("*two witnesses are called 'b'*");
    }

    [Fact]
    public async Task E2_ValidatorWatch_FewerWitnessesThanItAsksFor_DoesNotBegin()
    {
        var pair = _pair.FromAToB;
        pair = pair with { Cluster = pair.Target.Rpc, Witnesses = [] };
        await using var watch = new ValidatorMonitor(pair);

        var running = () => watch.RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        var looking = () => watch.ProbeAsync(TestContext.Current.CancellationToken);

        (await running.Should().ThrowAsync<InvalidSettingsException>()).WithMessage("*MinimumWitnesses is 2, and the pair has 1 (cluster)*");
        await looking.Should().ThrowAsync<InvalidSettingsException>();
    }

    [Fact]
    public async Task E2_TakeoverAsync_SilenceIsAskedForAndTooFewCanSeeIt_IsRefused()
    {
        var pair = _pair.FromAToB;
        pair = pair with { Cluster = pair.Target.Rpc, Witnesses = [] };

        var takingOver = () => Coordinator(new FailoverOptions()).TakeoverAsync(pair, new TakeoverPolicy { MinimumGrade = EvidenceGrade.Observed });

        (await takingOver.Should().ThrowAsync<InvalidSettingsException>()).WithMessage("*MinimumWitnesses is 2*");
    }

    private FailoverResult TakeOver(IPreflightCheck check)
    {
        _pair.Pass(TimeSpan.FromSeconds(20));
        var options = new FailoverOptions { Journal = _pair.Coordinator.Journal, Preflight = [.. PreflightChecks.Default, check] };
        return _pair.Run(() => Coordinator(options).TakeoverAsync(_pair.FromAToB, Asserted), TimeSpan.FromMinutes(3))!;
    }

    private FailoverCoordinator Coordinator(FailoverOptions options) => new(options, timeProvider: _pair.Time);

    private InMemoryFailoverJournal JournalWithDebtOnB()
    {
        var journal = new InMemoryFailoverJournal();
        JournalEntry Entry(JournalEvent @event, string? step = null, RunKind? kind = null, FailoverOutcome? outcome = null) => new()
        {
            At = _pair.Time.GetUtcNow(), RunId = RunId.Parse("old"), Event = @event, Step = step, Kind = kind, Outcome = outcome, StakedIdentity = _pair.FromAToB.StakedIdentity.ToString(), Source = "b", Target = "a",
        };
        journal.AppendEntriesAsync(
        [
            Entry(JournalEvent.Begun, kind: RunKind.Takeover),
            Entry(JournalEvent.Intent, nameof(FailoverStep.PromoteTarget)),
            Entry(JournalEvent.Done, nameof(FailoverStep.PromoteTarget)),
            Entry(JournalEvent.Ended, outcome: FailoverOutcome.Completed),
        ]).GetAwaiter().GetResult();
        return journal;
    }

    private sealed class Says(string? node, PreflightSeverity severity) : IPreflightCheck
    {
        public const string ItsCode = "ORG1";

        public string Code => ItsCode;

        public Task<IReadOnlyList<PreflightFinding>> CheckAsync(ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<PreflightFinding>>([new PreflightFinding { Code = Code, Severity = severity, Node = node, Seen = "a change freeze is on", Expected = "none" }]);
    }

    private sealed class UnreadableJournal : IFailoverJournal
    {
        public bool OutlivesProcess => true;

        public Task AppendAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken = default) => throw new IOException("the file is damaged");
    }
}
