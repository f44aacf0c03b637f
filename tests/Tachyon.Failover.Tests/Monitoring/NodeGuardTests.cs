using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Cluster;
using Xunit;

namespace Tachyon.Failover.Tests.Monitoring;

/// <summary>A guard on a node whose parts hang, refuse and lie, in virtual time.</summary>
public sealed class NodeGuardTests : IDisposable
{
    private static readonly GuardTimings Timings = new();
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private readonly FakeTimeProvider _time = new();
    private readonly FakeTimeProvider _guardTime = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<GuardReport> _reports = [];
    private readonly ScriptedChain _chain;
    private readonly ScriptedRpc _own;
    private readonly ScriptedRpc _witness;
    private readonly ScriptedNode _node;
    private Task? _running;

    public NodeGuardTests()
    {
        _chain = new ScriptedChain(_time);
        (_own, _witness) = (new ScriptedRpc(_chain), new ScriptedRpc(_chain));
        _node = new ScriptedNode(_own);
    }

    public static TheoryData<string, ScriptedAnswer> Troubles => new MatrixTheoryData<string, ScriptedAnswer>(
        ["link", "voters", "identity", "read", "stop", "link voters", "voters identity", "voters identity read", "identity stop", "link identity read", "none"],
        [ScriptedAnswer.Refused, ScriptedAnswer.Hangs, ScriptedAnswer.Lost, ScriptedAnswer.Throws]);

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    [Fact]
    public void RunAsync_VotesLand_TouchesNothing()
    {
        Start();
        Pass(300);

        _node.Calls.Should().BeEmpty();
        _reports.Should().HaveCountGreaterThan(250).And.OnlyContain(report => report.State == GuardState.Guarding);
    }

    [Fact]
    public void RunAsync_CutOff_DemotesLinkFirstAndLeavesTheNodeAsItIs()
    {
        Start();
        Pass(30);
        CutOff();
        Pass(120);

        _node.Calls.Should().Equal("link Unstaked", "voters", "identity Unstaked");
        _reports.Select(report => report.State).Distinct().Should().Equal(GuardState.Guarding, GuardState.Demoting, GuardState.Demoted, GuardState.Idle);
        _reports.Should().Contain(report => report.Reason.StartsWith("no witness answers, and no vote was seen to land for ", StringComparison.Ordinal));
    }

    /// <summary>The sum that a daemon counts on: from the last landed vote until the node cannot vote.</summary>
    [Theory]
    [MemberData(nameof(Troubles))]
    public void RunAsync_AnyOneWayIsLeft_CannotVoteWithinTheSum(string troubles, ScriptedAnswer answer)
    {
        foreach (var part in troubles.Split(' '))
        {
            _node.Answers[part] = answer;
        }

        Start();
        Pass(30.35);
        CutOff();

        Pass(Timings.Worst.TotalSeconds);

        _node.CanVote.Should().BeFalse("there was a way left to end it");
    }

    [Theory]
    [MemberData(nameof(Troubles))]
    public void RunAsync_WhatFailedWorksLater_IsDemotedInTheEndAndAsReadBack(string troubles, ScriptedAnswer answer)
    {
        foreach (var part in troubles.Split(' '))
        {
            _node.Answers[part] = answer;
        }

        Start();
        Pass(30);
        CutOff();
        Pass(60);
        _node.Answers.Clear();
        Pass(20);

        _node.LinkTo.Should().Be(IdentityRole.Unstaked);
        (_node.IsRunning && _node.Runs == IdentityRole.Staked).Should().BeFalse();
        _reports.Should().Contain(report => report.State == GuardState.Demoted);
        _node.Calls.Should().NotContain("link Staked").And.NotContain("identity Staked");
    }

    [Fact]
    public void RunAsync_LinkCannotBeMoved_IsNotCalledDemotedAndSaysWhatToRun()
    {
        _node.Answers["link"] = ScriptedAnswer.Refused;
        Start();
        Pass(30);
        CutOff();
        Pass(60);

        _node.CanVote.Should().BeFalse();
        _reports.Should().NotContain(report => report.State == GuardState.Demoted, "a restart would bring the identity back");
        _reports[^1].Reason.Should().Contain("ln Unstaked");
    }

    [Fact]
    public void RunAsync_ClockIsSlow_IsThroughBeforeTheDaemonActs()
    {
        foreach (var part in (string[])["link", "voters", "identity"])
        {
            _node.Answers[part] = ScriptedAnswer.Hangs;
        }

        Start();
        Pass(30, pace: 1 / (1 + Timings.ClockDrift));
        CutOff();

        Pass(Timings.MinimumLostAfter.TotalSeconds + 0.1, pace: 1 / (1 + Timings.ClockDrift));

        _node.CanVote.Should().BeFalse();
    }

    [Fact]
    public void RunAsync_ClusterStandsStill_WaitsUntilItGoesOn()
    {
        Start();
        Pass(30);
        _chain.StopVotes();
        _chain.StandStill();
        Pass(600);

        _node.Calls.Should().BeEmpty();
        _reports[^1].State.Should().Be(GuardState.ClusterHalted);
    }

    [Theory]
    [InlineData(ScriptedAnswer.Hangs)]
    [InlineData(ScriptedAnswer.Refused)]
    public void RunAsync_OwnRpcIsDead_GoesByTheWitness(ScriptedAnswer answer)
    {
        Start();
        Pass(30);
        _own.Answer = answer;
        Pass(60);
        _node.Calls.Should().BeEmpty();

        _chain.StopVotes();
        Pass(Timings.Worst.TotalSeconds);
        _node.CanVote.Should().BeFalse();
    }

    [Fact]
    public void RunAsync_NodeIsPromotedLate_CountsFromThere()
    {
        (_node.Runs, _node.LinkTo) = (IdentityRole.Unstaked, IdentityRole.Unstaked);
        _chain.StopVotes();
        Start();
        Pass(60);
        _node.Calls.Should().BeEmpty();

        _node.Runs = IdentityRole.Staked;
        Pass(8);
        _node.Calls.Should().BeEmpty("it was promoted 8 s ago, whenever the last vote was");
        _chain.LandVotes();
        Pass(60);
        _node.Calls.Should().BeEmpty();
    }

    [Fact]
    public void RunAsync_DemotedAndPromotedAgain_GuardsAgain()
    {
        Start();
        Pass(30);
        CutOff();
        Pass(30);
        _chain.LandVotes();
        (_own.Answer, _witness.Answer, _node.Runs, _node.HasVoter) = (ScriptedAnswer.Comes, ScriptedAnswer.Comes, IdentityRole.Staked, true);
        Pass(60);
        _node.Calls.Should().HaveCount(3);

        CutOff();
        Pass(Timings.Worst.TotalSeconds);
        _node.CanVote.Should().BeFalse();
    }

    /// <summary>Without a socket it is unknown whether this is the ledger of the node's validator. A starting validator serves it long before it votes.</summary>
    [Fact]
    public void RunAsync_MachineStartsWithAStakedLink_MovesItBeforeTheValidatorIsUp()
    {
        _node.IsRunning = false;
        CutOff();
        Start();
        Pass(5);
        _node.Calls.Should().BeEmpty();
        (_node.IsRunning, _node.IsStarting) = (true, true);
        Pass(Timings.Worst.TotalSeconds - Timings.DemoteAfter.TotalSeconds);

        _node.LinkTo.Should().Be(IdentityRole.Unstaked);
        _reports.Should().Contain(report => report.State == GuardState.Demoted);
    }

    [Fact]
    public void RunAsync_SpareThatIsDown_IsLeftAlone()
    {
        (_node.IsRunning, _node.LinkTo) = (false, IdentityRole.Unstaked);
        CutOff();
        Start();
        Pass(60);

        _node.Calls.Should().BeEmpty();
    }

    [Fact]
    public void RunAsync_StartedAgain_CountsFromItsStart()
    {
        Start();
        Pass(30);
        CutOff();
        Pass(5);
        _stop.Cancel();
        _running!.IsCompletedSuccessfully.Should().BeTrue();

        using var again = new CancellationTokenSource();
        _ = Guard().RunAsync(cancellationToken: again.Token);
        Pass(Timings.Worst.TotalSeconds);

        _node.CanVote.Should().BeFalse();
        again.Cancel();
    }

    /// <summary>The client also says "There is no admin.rpc" of a wrong ledger, and of a removed socket: this validator votes.</summary>
    [Fact]
    public void H7_SocketIsNotFoundFromTheBeginning_DoesNotGuardAndTouchesNothing()
    {
        _node.HasSocket = false;
        Start();
        Pass(60);

        _node.Calls.Should().BeEmpty();
        _reports.Should().NotBeEmpty().And.OnlyContain(report => report.State == GuardState.NotGuarding && report.Reason.Contains("ledger", StringComparison.Ordinal));
        _node.HasSocket = true;
        Pass(5);
        _reports[^1].State.Should().Be(GuardState.Guarding, "it continues to look");
    }

    [Fact]
    public void H7_SocketIsRemovedAndTheOwnRpcAnswers_TouchesNothing()
    {
        Start();
        Pass(30);
        _node.HasSocket = false;
        Pass(300);

        _node.Calls.Should().BeEmpty();
        _reports.Should().OnlyContain(report => report.State == GuardState.Guarding);
    }

    [Fact]
    public void H7_ValidatorThatWasSeenUpIsDownAndSomebodyVotes_IsBelieved()
    {
        Start();
        Pass(30);
        (_node.IsRunning, _own.Answer) = (false, ScriptedAnswer.Hangs);
        Pass(30);

        _node.LinkTo.Should().Be(IdentityRole.Unstaked);
    }

    [Fact]
    public void S2_KeypairNamesAreSwapped_DoesNotGuardAndNamesBothKeys()
    {
        _node.Keys = (_node.Keys!.Value.Unstaked, _node.Keys.Value.Staked);
        Start();
        Pass(5);
        CutOff();
        Pass(60);

        _node.Calls.Should().BeEmpty();
        _reports.Should().OnlyContain(report => report.State == GuardState.NotGuarding && report.Reason.Contains($"{ScriptedChain.Staked}", StringComparison.Ordinal) && report.Reason.Contains("swapped", StringComparison.Ordinal));
    }

    [Fact]
    public void S2_KeypairFilesCannotBeRead_DoesNotGuard()
    {
        _node.Keys = null;
        Start();
        Pass(60);

        _reports.Should().OnlyContain(report => report.State == GuardState.NotGuarding && report.Reason.Contains("permission denied", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_Twice_IsRefused()
    {
        var guard = Guard();
        _running = guard.RunAsync(cancellationToken: _stop.Token);

        await FluentActions.Awaiting(() => guard.RunAsync()).Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public void Constructor_WrongSettings_TellsAllAtOnce() =>
        FluentActions.Invoking(() => new NodeGuard(
                _node.Parts(),
                ScriptedChain.Staked,
                [new Witness { Name = "own", Rpc = _witness }],
                new GuardTimings { DemoteAfter = TimeSpan.FromSeconds(2), Interval = TimeSpan.FromSeconds(1), StopTimeout = TimeSpan.Zero }))
            .Should().Throw<InvalidSettingsException>().Which.Errors.Should().HaveCount(3);

    private void CutOff()
    {
        _chain.StopVotes();
        (_own.Answer, _witness.Answer) = (ScriptedAnswer.Hangs, ScriptedAnswer.Refused);
    }

    private NodeGuard Guard() => new(_node.Parts(), ScriptedChain.Staked, [new Witness { Name = "one", Rpc = _witness }], Timings, timeProvider: _guardTime);

    private void Start() => _running = Guard().RunAsync(new Reports(_reports), _stop.Token);

    private void Pass(double seconds, double pace = 1)
    {
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(seconds); passed += Tick)
        {
            _time.Advance(Tick);
            _guardTime.Advance(Tick * pace);
        }

        _running!.IsFaulted.Should().BeFalse("{0}", _running.Exception);
    }

    private sealed class Reports(List<GuardReport> reports) : IProgress<GuardReport>
    {
        public void Report(GuardReport value) => reports.Add(value);
    }
}
