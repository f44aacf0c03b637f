using System.Globalization;
using FluentAssertions;
using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Testing.Simulation.Judge;
using Tachyon.Failover.Testing.Simulation.Time;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>Whole switchovers in virtual time that wait for a restart window.</summary>
public sealed class RestartWindowTests
{
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);

    /// <summary>From the fence to the target's first vote, all slots, and the required number after them, are no leader slots of the identity.</summary>
    [Fact]
    public void SwitchoverAsync_ManySeeds_TheIdentityDoesNotLeadForSoLongAfterTheSourcesLastVote()
    {
        var acrossTheEnd = 0;
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var random = new SeededRandom(seed, "window");
            var chain = new ChainOptions { Seed = seed, LeaderShare = random.Between(0.05, 0.25), StartSlot = random.Chance(0.5) ? 3950UL : 4800UL };
            var pair = new SimulatedPair(chain);
            pair.Cluster.Run(TimeSpan.FromSeconds(3));
            var coordinator = pair.AddCoordinator("first", TimeSpan.FromMilliseconds(30));
            var idle = random.Milliseconds(8000, 16_000);

            var result = Switchover(pair, coordinator, Options(coordinator).With(it => it.MinimumIdle = idle));

            result.Outcome.Should().Be(FailoverOutcome.Completed, "seed {0}: {1}", seed, result);
            pair.Cluster.Run(TimeSpan.FromSeconds(10));
            var report = ChainJudge.Report(pair.Cluster.Chain, chain.StartSlot + 3);
            report.RefusedVotes.Should().Be(0, "seed {0}", seed);
            var change = report.Changes.Should().ContainSingle().Subject;

            // The fence takes up to a second, and a vote before it.
            var end = change.LastSlot + (ulong)((idle / 2) / Slot) - 4;
            for (var slot = change.LastSlot + 1; slot < end; slot++)
            {
                pair.Cluster.Chain.Schedule.IsStaked(slot).Should().BeFalse("seed {0}, slot {1} after {2}", seed, slot, change.LastSlot);
            }

            // The window must leave 40 slots after the promotion, and they may lie in the next epoch.
            acrossTheEnd += change.LastSlot < 4000 && change.LastSlot + 40 > 4000 ? 1 : 0;
        }

        acrossTheEnd.Should().BeGreaterThan(1, "epoch ends must be among them");
    }

    [Fact]
    public void SwitchoverAsync_WindowIsLostWhileItArms_ReleasesWaitsAndArmsAgain()
    {
        var (pair, coordinator) = World();
        var window = new ScriptedWindow(coordinator.Time, Slot, TimeSpan.FromMinutes(3));

        var result = Switchover(pair, coordinator, Options(coordinator), window);

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        result.Steps.Select(step => step.StepCode).Take(7).Should().Equal(
            FailoverStep.Preflight,
            FailoverStep.AwaitRestartWindow,
            FailoverStep.Prepare,
            FailoverStep.ReleaseLocks,
            FailoverStep.AwaitRestartWindow,
            FailoverStep.Prepare,
            FailoverStep.MoveSourceLink);
        result.Steps[2].Result.Should().Match<CallResult>(arm => arm.Failure == CallFailure.NoRestartWindow && arm.Detail!.Contains("less than the 60 s"));
        window.SawALock.Should().BeFalse();
        window.Limits.Should().HaveCount(2).And.BeInDescendingOrder();
        ChainJudge.Report(pair.Cluster.Chain, new ChainOptions().StartSlot + 3).RefusedVotes.Should().Be(0);
    }

    [Fact]
    public void SwitchoverAsync_WindowIsLostAndTheCallerGivesUpThen_IsRefusedAndTheSourceVotesOn()
    {
        var (pair, coordinator) = World();

        var result = Switchover(pair, coordinator, Options(coordinator).With(static it => it.OnClosedWindow = ClosedRestartWindow.Refuse), new ScriptedWindow(coordinator.Time, Slot));

        result.Outcome.Should().Be(FailoverOutcome.Refused, "{0}", result);
        result.Reason.Should().Contain("left of the restart window");
        (pair.A.RunsStaked, pair.A.CanVote, pair.B.CanVote).Should().Be((true, true, false));
        (pair.A.Lock.Owner, pair.B.Lock.Owner).Should().Be((null, null));
    }

    [Fact]
    public void SwitchoverAsync_AnotherCoordinatorMovesTheIdentityWhileAWindowIsWaitedForAgain_IsRefused()
    {
        var (pair, coordinator) = World();
        FailoverResult? other = null;
        var window = new ScriptedWindow(coordinator.Time, Slot, TimeSpan.FromMinutes(3))
        {
            Meanwhile = async () =>
            {
                var second = pair.AddCoordinator("second", TimeSpan.FromMilliseconds(10), journal: coordinator.Journal);
                other = await new FailoverCoordinator(Options(second).With(static it => it.MinimumIdle = null), timeProvider: second.Time).SwitchoverAsync(second.Pair(pair.A));
            },
        };

        var result = Switchover(pair, coordinator, Options(coordinator), window);

        other!.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", other);
        result.Outcome.Should().Be(FailoverOutcome.Refused, "{0}", result);
        result.Reason.Should().Contain(nameof(CallFailure.Superseded));
        (pair.A.CanVote, pair.B.CanVote).Should().Be((false, true));
    }

    [Fact]
    public void SwitchoverAsync_MachineSleepsWhileItArms_TheWallClockTells()
    {
        var (pair, coordinator) = World();
        pair.Cluster.Events.Schedule(TimeSpan.FromMilliseconds(1500), () => coordinator.Clock.Jump = TimeSpan.FromMinutes(10));

        var result = Switchover(pair, coordinator, Options(coordinator), new ScriptedWindow(coordinator.Time, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3)));

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        result.Steps.Count(step => step.Result.Failure == CallFailure.NoRestartWindow).Should().Be(1);
    }

    [Fact]
    public void SwitchoverAsync_NoWindowWithinTheTimeout_IsRefusedAndSaysWhatTheLongestIs()
    {
        var pair = new SimulatedPair(new ChainOptions { Seed = 3, LeaderShare = 0.5 });
        pair.Cluster.Run(TimeSpan.FromSeconds(3));
        var coordinator = pair.AddCoordinator("first", TimeSpan.FromMilliseconds(30));

        var result = Switchover(pair, coordinator, Options(coordinator));

        result.Outcome.Should().Be(FailoverOutcome.Refused);
        result.Reason.Should().Contain("no window of 2 min before the next epoch's end").And.Contain("the longest there is");
        result.Steps.Sum(step => step.Elapsed.TotalSeconds).Should().BeLessThan(20, "it is said at once");
    }

    [Fact]
    public void SwitchoverAsync_WindowNeverOpens_IsRefusedAtTheTimeout()
    {
        var (pair, coordinator) = World();

        var result = Switchover(pair, coordinator, Options(coordinator).With(static it => it.RestartWindowTimeout = TimeSpan.FromMinutes(5)), new ScriptedWindow(coordinator.Time));

        result.Outcome.Should().Be(FailoverOutcome.Refused);
        result.Reason.Should().Contain("TimedOut").And.Contain("5 min");
    }

    private static (SimulatedPair Pair, SimulatedCoordinator Coordinator) World()
    {
        var pair = new SimulatedPair(new ChainOptions { Seed = 5, LeaderShare = 0 });
        pair.Cluster.Run(TimeSpan.FromSeconds(3));
        return (pair, pair.AddCoordinator("first", TimeSpan.FromMilliseconds(30)));
    }

    private static FailoverOptions Options(SimulatedCoordinator coordinator) => new() { Journal = coordinator.Journal, Holder = coordinator.Name };

    private static FailoverResult Switchover(SimulatedPair pair, SimulatedCoordinator coordinator, FailoverOptions options, ScriptedWindow? window = null)
    {
        var nodes = coordinator.Pair(pair.A);
        if (window is not null)
        {
            window.World = pair;
            nodes = nodes with { Source = nodes.Source with { RestartWindow = window } };
        }

        return coordinator.Run(() => new FailoverCoordinator(options, timeProvider: coordinator.Time).SwitchoverAsync(nodes), TimeSpan.FromHours(3))!;
    }

    /// <summary>Prescribed windows, one for each wait; the last one never opens.</summary>
    private sealed class ScriptedWindow(TimeProvider time, params TimeSpan[] idle) : IRestartWindow
    {
        private int _waits;

        public SimulatedPair? World { get; set; }

        public List<TimeSpan?> Limits { get; } = [];

        /// <summary>The event during the second wait.</summary>
        public Func<Task> Meanwhile { get; init; } = () => Task.CompletedTask;

        /// <summary>Whether a node was locked during a wait.</summary>
        public bool SawALock { get; private set; }

        public async Task<CallResult<OpenRestartWindow>> WaitAsync(RestartWindowRequest request, IProgress<string>? notes, CancellationToken cancellationToken = default)
        {
            Limits.Add(request.Limit);
            await Task.Delay(TimeSpan.FromSeconds(1), time, CancellationToken.None);
            SawALock |= World!.A.Lock.Owner is not null || World.B.Lock.Owner is not null;
            notes?.Report(_waits.ToString(CultureInfo.InvariantCulture));
            if (_waits++ == 1)
            {
                await Meanwhile();
            }

            if (_waits > idle.Length)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return CallResult.NotDone(CallFailure.Canceled);
            }

            return new OpenRestartWindow { Idle = idle[_waits - 1] };
        }
    }
}
