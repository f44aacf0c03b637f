using FluentAssertions;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Wire;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

public sealed class NodeConversationTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly SimulatedPair _pair = new(new ChainOptions());
    private readonly List<string> _done = [];
    private readonly SimulatedCoordinator _first;
    private readonly SimulatedCoordinator _second;

    public NodeConversationTests()
    {
        _first = _pair.AddCoordinator("first", TimeSpan.FromMilliseconds(5));
        _second = _pair.AddCoordinator("second", TimeSpan.FromMilliseconds(50));
    }

    private NodeConversation Conversation => _first.With(_pair.A);

    [Fact]
    public void RunAsync_SentWithoutWaiting_CarriedOutOneByOneInTheirOrder()
    {
        var results = Complete(() => Task.WhenAll(RunAsync("slow", seconds: 2), RunAsync("fast", seconds: 0), RunAsync("last", seconds: 0.5)));

        results.Should().OnlyContain(result => result.IsDone);
        _done.Should().Equal("slow", "fast", "last");
    }

    [Fact]
    public void RunAsync_ConnectionBreaksBeforeTheAnswer_IsDoneAndUnknown()
    {
        var result = Complete(() => RunAsync("broken", seconds: 0.1, then: () => Conversation.Wire.Cut("reset")));

        result.Should().Be(CallResult.Unknown(CallFailure.ConnectionLost, "reset"));
        _done.Should().Equal("broken");
    }

    [Fact]
    public void RunAsync_NoAnswerWithinTheLimit_IsUnknownAndTheNextOneWaitsForNothing()
    {
        var result = Complete(() => RunAsync("late", seconds: 20, limit: 5));
        var next = Complete(() => RunAsync("next", seconds: 0));

        result.Should().Match<CallResult>(call => call.Outcome == CallOutcome.Unknown && call.Failure == CallFailure.TimedOut);
        next.IsDone.Should().BeTrue();
        _done.Should().Equal("next");
        _pair.Cluster.Run(TimeSpan.FromSeconds(20));
        _done.Should().Equal("next", "late");
    }

    [Fact]
    public void RunAsync_PartitionLongerThanThePeerLimit_IsUnknown()
    {
        Complete(() => RunAsync("before", seconds: 0));
        var begun = _pair.Cluster.Events.Now;
        Conversation.Wire.Partition();

        var result = Complete(() => RunAsync("lost", seconds: 0));

        result.Should().Match<CallResult>(call => call.Outcome == CallOutcome.Unknown && call.Failure == CallFailure.ConnectionLost);
        (_pair.Cluster.Events.Now - begun).Should().BeCloseTo(NodeWire.DeadPeerLimit, TimeSpan.FromMilliseconds(100));
        Complete(() => RunAsync("no way", seconds: 0)).Failure.Should().Be(CallFailure.Unreachable, "it was never sent");
        Conversation.Wire.Heal();
        Complete(() => RunAsync("healed", seconds: 0)).IsDone.Should().BeTrue();
        _done.Should().StartWith("before").And.EndWith("healed").And.NotContain("no way");
    }

    [Fact]
    public void RunAsync_ShortPartition_ComesThrough()
    {
        Conversation.Wire.Partition();
        _pair.Cluster.Events.Schedule(TimeSpan.FromSeconds(4), Conversation.Wire.Heal);

        Complete(() => ProbeAsync("look")).Should().Match<CallResult>(call => call.Failure == CallFailure.Unreachable, "the connect timeout has passed");
        var begun = Complete(() => RunAsync("connected", seconds: 0));
        Conversation.Wire.Partition();
        _pair.Cluster.Events.Schedule(TimeSpan.FromSeconds(4), Conversation.Wire.Heal);

        begun.IsDone.Should().BeTrue();
        Complete(() => RunAsync("delayed", seconds: 0)).IsDone.Should().BeTrue();
    }

    [Fact]
    public void ProbeAsync_ConnectionLostLongAgo_ProbesOnceMore()
    {
        Complete(() => ProbeAsync("first")).IsDone.Should().BeTrue();
        Conversation.Wire.Cut("reset");

        Complete(() => ProbeAsync("again")).IsDone.Should().BeTrue();

        _done.Should().Equal("first", "again");
    }

    [Fact]
    public void RunAsync_LockHeldAndReopened_EndsWhatRunsAndDropsWhatWasNotBegun()
    {
        Complete(() => Conversation.LockAsync("first", default)).IsDone.Should().BeTrue();

        var results = Complete(async () =>
        {
            var (running, waiting) = (RunAsync("running", seconds: 3), RunAsync("waiting", seconds: 0));
            await Task.Delay(TimeSpan.FromSeconds(1), _first.Time).ConfigureAwait(false);
            Conversation.Wire.Cut("reset");
            var lost = await Task.WhenAll(running, waiting).ConfigureAwait(false);
            return lost.Append(await RunAsync("after", seconds: 0).ConfigureAwait(false)).ToArray();
        });
        _pair.Cluster.Run(TimeSpan.FromSeconds(10));

        var unknown = CallResult.Unknown(CallFailure.ConnectionLost, "reset");
        results.Should().Equal(unknown, unknown, CallResult.Done());
        _done.Should().Equal("running", "after");
    }

    [Fact]
    public void LockAsync_HeldByAnother_NamesTheHolder()
    {
        Complete(() => Conversation.LockAsync("somebody's machine", default));

        Complete(() => _second.With(_pair.A).LockAsync("second", default)).Should().Be(CallResult.NotDone(CallFailure.LockHeld, "somebody's machine"));

        Complete(() => _second.With(_pair.B).LockAsync("second", default)).IsDone.Should().BeTrue("the other node has a lock of its own");
    }

    [Fact]
    public void RunAsync_AnotherCoordinatorHadTheLockMeanwhile_LockLost()
    {
        Complete(() => Conversation.LockAsync("first", default));
        Conversation.Wire.Cut("reset");
        _pair.Cluster.Run(TimeSpan.FromSeconds(1));
        Complete(() => _second.With(_pair.A).LockAsync("second", default)).IsDone.Should().BeTrue();
        Complete(() => _second.With(_pair.A).UnlockAsync("second", default)).IsDone.Should().BeTrue();

        var result = Complete(() => RunAsync("too late", seconds: 0));

        result.Should().Be(CallResult.NotDone(CallFailure.LockLost, "taken over by second"));
        _done.Should().BeEmpty();
    }

    [Fact]
    public void H4_CoordinatorsMachineDies_TheLockIsFreeAfterTheLeaseAndNotBefore()
    {
        Complete(() => Conversation.LockAsync("first", default)).IsDone.Should().BeTrue();
        _pair.Cluster.Run(TimeSpan.FromMinutes(2));
        _first.Crash(machineLives: false);

        _pair.Cluster.Run(TimeSpan.FromSeconds(24));
        _second.Run(() => _second.With(_pair.A).LockAsync("second", default))!.Failure.Should().Be(CallFailure.LockHeld);
        _pair.Cluster.Run(TimeSpan.FromSeconds(7));

        _second.Run(() => _second.With(_pair.A).LockAsync("second", default))!.IsDone.Should().BeTrue();
    }

    [Fact]
    public void H4_WayIsSilentForLongerThanTheLease_WhatRanIsEndedAndAnotherGetsTheLock_ThenTheFirstHasLostIt()
    {
        Complete(() => Conversation.LockAsync("first", default)).IsDone.Should().BeTrue();
        var running = RunAsync("running", seconds: 60, limit: 600);
        Conversation.Wire.Partition();
        _pair.Cluster.Run(TimeSpan.FromSeconds(31));
        Complete(() => _second.With(_pair.A).LockAsync("second", default)).IsDone.Should().BeTrue();
        _pair.Cluster.Run(TimeSpan.FromSeconds(60));
        Conversation.Wire.Heal();

        Complete(() => running).Outcome.Should().Be(CallOutcome.Unknown);
        Complete(() => RunAsync("too late", seconds: 0)).Failure.Should().BeOneOf(CallFailure.LockLost, CallFailure.LockHeld);
        _done.Should().BeEmpty("what had not begun when the lease ended does not begin beside the next holder");
    }

    [Fact]
    public void H4_ACommandTakesLongerThanTheLease_IsNotCutWhileItsCoordinatorLives()
    {
        Complete(() => Conversation.LockAsync("first", default)).IsDone.Should().BeTrue();

        Complete(() => RunAsync("long", seconds: 45, limit: 50)).IsDone.Should().BeTrue();

        _pair.A.Lock.Owner.Should().NotBeNull();
    }

    [Fact]
    public void UnlockAsync_Done_TheNextOneGetsTheLockHoweverNearItIs()
    {
        Complete(() => _second.With(_pair.A).LockAsync("far", default));

        Complete(() => _second.With(_pair.A).UnlockAsync("far", default)).IsDone.Should().BeTrue();

        _pair.A.Lock.Owner.Should().BeNull();
    }

    private Task<CallResult> RunAsync(string name, double seconds, double limit = 30, Action? then = null) =>
        ResultAsync(Conversation.RunAsync(Command(name, seconds, then), TimeSpan.FromSeconds(limit), default));

    private Task<CallResult> ProbeAsync(string name) => ResultAsync(Conversation.ProbeAsync(Command(name, 0, then: null), TimeSpan.FromSeconds(30), default));

    private HostCommand Command(string name, double seconds, Action? then) => new()
    {
        Call = NodeCall.Inspect,
        Starts = TimeSpan.FromSeconds(seconds),
        Act = turn =>
        {
            _done.Add(name);
            turn.Answer(CallResult.Done());
            then?.Invoke();
        },
    };

    private static async Task<CallResult> ResultAsync(Task<ConversationAnswer> answer) => (await answer.ConfigureAwait(false)).Result;

    private T Complete<T>(Func<Task<T>> work)
        where T : class => _first.Run(work, Limit)!;
}
