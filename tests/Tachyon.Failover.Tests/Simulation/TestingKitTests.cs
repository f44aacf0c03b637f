using FluentAssertions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>The public API of the simulated pair, used as an embedder does.</summary>
public sealed class TestingKitTests
{
    private readonly SimulatedPair _pair = new(seed: 7);

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void Run_ASwitchoverWithTheDefaultOptions_CompletesAndTheJudgeIsContent(ulong seed)
    {
        var pair = new SimulatedPair(seed);

        var result = pair.Run(() => new FailoverCoordinator(timeProvider: pair.Time).SwitchoverAsync(pair.FromAToB));
        pair.Pass(TimeSpan.FromSeconds(10));

        result!.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        pair.Invoking(one => one.Judge.ThrowIfBroken(result)).Should().NotThrow();
        (pair.A.RunsStaked, pair.B.RunsStaked, pair.B.CanVote, pair.B.Link).Should().Be((false, true, true, IdentityRole.Staked));
        pair.GetChainReport().Changes.Should().ContainSingle().Which.To.Should().Be(pair.B.Name);
    }

    [Fact]
    public void Run_ThereAndBack_CompletesBothTimes()
    {
        Switch(_pair.FromAToB)!.Outcome.Should().Be(FailoverOutcome.Completed);
        _pair.Pass(TimeSpan.FromMinutes(1));
        Switch(_pair.FromBToA)!.Outcome.Should().Be(FailoverOutcome.Completed);
        _pair.Judge.ThrowIfBroken();
        _pair.A.RunsStaked.Should().BeTrue();
    }

    [Fact]
    public void Faults_ThePromotionsAnswerIsLost_HappenedOnceAndTheResultIsTrue()
    {
        _pair.Faults.Add(_pair.B, NodeCall.TakeStakedIdentity, CallFault.DoneAnswerLost);

        var result = Switch(_pair.FromAToB)!;

        _pair.Faults.Happened.Should().Equal("DoneAnswerLost at TakeStakedIdentity on b");
        result.IdentityAt.Should().Be(IdentityLocation.Target);
        _pair.Judge.ThrowIfBroken(result);
    }

    [Fact]
    public void Faults_SkipOne_TheSecondCallHasIt()
    {
        _pair.Faults.Add(_pair.B, NodeCall.TakeUnstakedIdentity, CallFault.Refused, skip: 1);
        Switch(_pair.FromAToB)!.Outcome.Should().Be(FailoverOutcome.Completed, "the target is made to take it once, while arming");
        _pair.Faults.Happened.Should().BeEmpty();

        var pair = new SimulatedPair(seed: 7);
        pair.Faults.Add(pair.B, NodeCall.TakeUnstakedIdentity, CallFault.Refused);
        pair.Run(() => new FailoverCoordinator(timeProvider: pair.Time).SwitchoverAsync(pair.FromAToB))!.Outcome.Should().Be(FailoverOutcome.Refused);
        pair.Faults.Happened.Should().ContainSingle();
    }

    [Fact]
    public void Faults_NoSuchCallOrFaultOrSkip_AreRefused()
    {
        _pair.Invoking(pair => pair.Faults.Add(pair.B, (NodeCall)99, CallFault.Refused)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*NodeCall*");
        _pair.Invoking(pair => pair.Faults.Add(pair.B, NodeCall.Inspect, (CallFault)99)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*CallFault*");
        _pair.Invoking(pair => pair.Faults.Add(pair.B, NodeCall.Inspect, CallFault.Refused, skip: -1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void After_TheTargetsMachineCrashesInTheMiddle_TheSourceVotesOn()
    {
        // The identity leads no slot, so a window is open at once.
        var pair = new SimulatedPair(new SimulatedPairOptions { Seed = 3, LeaderShare = 0, RoundTrip = TimeSpan.FromMilliseconds(100) });
        pair.After(TimeSpan.FromSeconds(2), () => pair.B.Crash(TimeSpan.FromSeconds(20)));

        var result = pair.Run(() => new FailoverCoordinator(timeProvider: pair.Time).SwitchoverAsync(pair.FromAToB))!;

        pair.B.IsUp.Should().BeFalse();
        result.Outcome.Should().NotBe(FailoverOutcome.Completed);
        pair.A.CanVote.Should().BeTrue();
        pair.Judge.ThrowIfBroken(result);
    }

    [Fact]
    public void Run_TheProgramCrashes_ReturnsNullAndARecoveryByAnotherOneIsEnough()
    {
        _pair.Faults.Add(_pair.A, NodeCall.RemoveAllAuthorizedVoters, CallFault.CoordinatorCrashAfter);

        Switch(_pair.FromAToB).Should().BeNull();
        _pair.Coordinator.IsAlive.Should().BeFalse();
        _pair.Pass(TimeSpan.FromMinutes(3));
        var second = _pair.AddCoordinator("second");
        var recovery = second.Run(() => new FailoverCoordinator(timeProvider: second.Time).RecoverAsync(second.FromAToB))!;

        recovery.Outcome.Should().Be(RecoveryOutcome.Recovered, "{0}", recovery);
        (_pair.A.CanVote ^ _pair.B.CanVote).Should().BeTrue();
        _pair.Judge.ThrowIfBroken();
    }

    [Fact]
    public void ThrowIfBroken_ALinkOfTheEmbeddersOwnThatLies_SaysWhatAndBySeed()
    {
        var nodes = _pair.FromAToB;
        nodes = nodes with { Source = nodes.Source with { Link = new LyingLink(nodes.Source.Link) } };

        Switch(nodes);

        var broken = _pair.Invoking(pair => pair.Judge.ThrowIfBroken()).Should().Throw<BrokenInvariantException>().Which;
        broken.Seed.Should().Be(7);
        broken.Broken.Should().Contain(one => one.Invariant == Invariant.RestartsAreSafe);
        broken.Message.Should().Contain("seed 7").And.Contain("RestartsAreSafe at ").And.Contain("come back as staked");
    }

    [Fact]
    public void ThrowIfBroken_AResultThatIsNotSo_SaysSo()
    {
        var result = (Switch(_pair.FromAToB)!).With(it => { it.Outcome = FailoverOutcome.RolledBack; it.IdentityAt = IdentityLocation.Source; });

        _pair.Invoking(pair => pair.Judge.ThrowIfBroken(result)).Should().Throw<BrokenInvariantException>().WithMessage("*ResultsAreTrue*rolled back, and a alone votes*");
    }

    [Fact]
    public void Run_AnEmbeddersOwnTransportAndCheck_AreAsked()
    {
        var towers = new CountingTransport(_pair.FromAToB.Towers);
        var options = new FailoverOptions { Preflight = [.. PreflightChecks.Default, new FridayCheck(_pair.Time)] };

        var result = _pair.Run(() => new FailoverCoordinator(options, timeProvider: _pair.Time).SwitchoverAsync(_pair.FromAToB with { Towers = towers }))!;

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}; {1}", result, result.Preflight);
        result.Preflight.Findings.Should().Contain(finding => finding.Code == "MY001");
        towers.Delivered.Should().Be(1);
        _pair.Judge.ThrowIfBroken(result);
    }

    [Fact]
    public void Run_WorkOnAnotherThread_IsRefused() =>
        _pair.Invoking(pair => pair.Run(() =>
        {
            var other = new Thread(() => Record.Exception(() => { _ = Task.Delay(TimeSpan.FromSeconds(1), pair.Time, TestContext.Current.CancellationToken); }));
            other.Start();
            other.Join();
            return new TaskCompletionSource<string>().Task;
        })).Should().Throw<InvalidOperationException>().WithMessage("*thread*");

    [Fact]
    public void Run_LongerThanTheLimit_IsATimeout() =>
        _pair.Invoking(pair => pair.Run(
            async () =>
            {
                await Task.Delay(TimeSpan.FromMinutes(2), pair.Time, TestContext.Current.CancellationToken).ConfigureAwait(false);
                return "done";
            },
            limit: TimeSpan.FromMinutes(1))).Should().Throw<TimeoutException>();

    [Fact]
    public void SimulatedPair_WrongOptions_SayAllThatIsWrong() =>
        FluentActions.Invoking(() => new SimulatedPair(new SimulatedPairOptions { RoundTrip = TimeSpan.FromMinutes(1), LeaderShare = 2, SkippedSlots = -1, Forks = 1, LateVotes = 2, LostVotes = 2 }))
            .Should().Throw<ArgumentException>().WithMessage("*RoundTrip is 60 s*LeaderShare is 2*SkippedSlots is -1*Forks is 1*LateVotes is 2*LostVotes is 2*");

    private FailoverResult? Switch(ValidatorPair nodes) => _pair.Run(() => new FailoverCoordinator(timeProvider: _pair.Time).SwitchoverAsync(nodes));

    /// <summary>Reports that it has moved the link, and has not.</summary>
    private sealed class LyingLink(IIdentityLink inner) : IIdentityLink
    {
        private IdentityRole? _said;

        public async Task<CallResult<IdentityLinkTarget>> ReadAsync(CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
            return _said is { } said && read.Value is { } target ? new IdentityLinkTarget { Path = target.Path, Identity = said, Key = target.Key, StakedKey = target.StakedKey, UnstakedKey = target.UnstakedKey } : read;
        }

        public Task<CallResult> PointAtAsync(IdentityRole identity, CancellationToken cancellationToken = default)
        {
            _said = identity;
            return Task.FromResult(CallResult.Done());
        }

        public string CommandToPointAt(IdentityRole identity) => inner.CommandToPointAt(identity);
    }

    private sealed class CountingTransport(ITowerTransport inner) : ITowerTransport
    {
        public int Delivered { get; private set; }

        public bool IsOrderedWithHost => inner.IsOrderedWithHost;

        public IAsyncEnumerable<TowerFile> StreamAsync(NodeSide node, CancellationToken cancellationToken = default) => inner.StreamAsync(node, cancellationToken);

        public Task<CallResult> AwaitVoteAsync(TimeSpan silence, bool sinceLastWait, CancellationToken cancellationToken = default) =>
            inner.AwaitVoteAsync(silence, sinceLastWait, cancellationToken);

        public Task<CallResult<TowerFile>> ReadAsync(NodeSide node, TimeSpan drain, CancellationToken cancellationToken = default) => inner.ReadAsync(node, drain, cancellationToken);

        public Task<CallResult> DeliverAsync(TowerFile tower, bool trial, CancellationToken cancellationToken = default)
        {
            Delivered += trial ? 0 : 1;
            return inner.DeliverAsync(tower, trial, cancellationToken);
        }

        public Task<CallResult> MoveAsideAsync(NodeSide node, CancellationToken cancellationToken = default) => inner.MoveAsideAsync(node, cancellationToken);
    }

    private sealed class FridayCheck(TimeProvider time) : IPreflightCheck
    {
        public string Code => "MY001";

        public Task<IReadOnlyList<PreflightFinding>> CheckAsync(ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<PreflightFinding>>(
                [new PreflightFinding { Code = Code, Severity = PreflightSeverity.Warning, Seen = $"it is {time.GetUtcNow().DayOfWeek}", Expected = "any other day" }]);
    }
}
