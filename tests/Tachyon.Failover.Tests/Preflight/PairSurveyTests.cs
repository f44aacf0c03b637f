using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Xunit;

namespace Tachyon.Failover.Tests.Preflight;

/// <summary>The results of the library's checks on simulated nodes, read by the real coordinator.</summary>
public sealed class PairSurveyTests
{
    private readonly SimulatedPair _pair = new(new ChainOptions { Seed = 3 });

    public PairSurveyTests() => _pair.Cluster.Run(TimeSpan.FromSeconds(4));

    [Fact]
    public void PreflightAsync_GoodPair_IsClearAndTellsTheTrip()
    {
        var report = Preflight(TimeSpan.FromMilliseconds(50));

        report.Findings.Where(finding => finding.Severity != PreflightSeverity.Info).Should().BeEmpty();
        report.Findings.Single(finding => finding.Code == "TF123").Seen.Should().MatchRegex("^10[0-9] ms to a and back, 10[0-9] ms to b");
        report.Findings.Single(finding => finding.Code == "TF122").Seen.Should().StartWith("the clock of b is ");
    }

    [Fact]
    public void PreflightAsync_HundredMillisecondsThereAndBack_TakesLessThanThreeSeconds()
    {
        var began = _pair.Cluster.Events.Now;

        Preflight(TimeSpan.FromMilliseconds(50));

        (_pair.Cluster.Events.Now - began).Should().BeLessThan(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void PreflightAsync_TargetIsCutOffFromTheCluster_IsBehind()
    {
        _pair.B.IsCutOff = true;
        _pair.Cluster.Run(TimeSpan.FromSeconds(10));

        Preflight().Findings.Should().Contain(finding => finding.Code == "TF117" && finding.Node == "b" && finding.Severity == PreflightSeverity.Blocker);
    }

    [Fact]
    public void PreflightAsync_TargetHasJustBeenStarted_IsStartingAndIll()
    {
        _pair.B.KillValidator();
        _pair.B.StartValidator(TimeSpan.FromMinutes(1));

        Preflight().Findings.Where(finding => finding.Node == "b" && !finding.IsInconclusive).Select(finding => finding.Code).Should().Contain(["TF101", "TF117"]);
    }

    [Fact]
    public void PreflightAsync_AnotherCoordinatorHoldsALock_IsNamed()
    {
        var other = Coordinator("other");
        other.Run(() => other.Pair(_pair.A).Target.Lock.AcquireAsync("them"), TimeSpan.FromSeconds(10))!.IsDone.Should().BeTrue();

        Preflight().Findings.Should().ContainSingle(finding => finding.Code == "TF121").Which.Seen.Should().Contain("them");
    }

    [Fact]
    public void PreflightAsync_DiskIsFull_IsSaid()
    {
        _pair.B.DiskIsFull = true;

        Preflight().Findings.Should().ContainSingle(finding => finding.Code == "TF109").Which.Node.Should().Be("b");
    }

    [Fact]
    public void PreflightAsync_ClusterDoesNotAnswer_EveryCheckOfItAreInconclusiveAndTheOthersAreHeard()
    {
        var coordinator = Coordinator("cut off");
        coordinator.ReachesCluster = false;

        var report = Preflight(coordinator);

        report.Findings.Where(finding => finding.IsInconclusive).Select(finding => finding.Code).Distinct().Should().Equal("TF105", "TF106", "TF112", "TF114", "TF115", "TF116", "TF117", "TF118", "TF119", "TF127");
        report.Findings.Should().Contain(finding => finding.Code == "TF123");
    }

    [Fact]
    public async Task TakeAsync_NobodyAnswersBeforeTheTimeIsOver_IsASurveyOfTimeouts()
    {
        var time = new FakeTimeProvider();
        var coordinator = Coordinator("patient");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30), time);
        var taking = PairSurvey.TakeAsync(coordinator.Pair(_pair.A), time, deadline.Token);

        // The world stands still.
        time.Advance(TimeSpan.FromSeconds(30));

        var survey = await taking.WaitAsync(TestContext.Current.CancellationToken);
        survey.Source.ContactInfo.Call.Failure.Should().Be(CallFailure.TimedOut);
        survey.Source.RoundTrip.Should().BeNull();
        survey.VoteAccount.Call.Failure.Should().Be(CallFailure.TimedOut);
    }

    private SimulatedCoordinator Coordinator(string name, TimeSpan oneWay = default) => _pair.AddCoordinator(name, oneWay == default ? TimeSpan.FromMilliseconds(5) : oneWay);

    private PreflightReport Preflight(TimeSpan oneWay = default) => Preflight(Coordinator("first", oneWay));

    private PreflightReport Preflight(SimulatedCoordinator coordinator) =>
        coordinator.Run(() => new FailoverCoordinator(timeProvider: coordinator.Time).PreflightAsync(coordinator.Pair(_pair.A)), TimeSpan.FromMinutes(2))!;
}
