using FluentAssertions;
using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Seams;
using Tachyon.Failover.Testing.Simulation.Time;
using Xunit;

namespace Tachyon.Failover.Tests.Schedule;

/// <summary>The search by the leader schedule, in virtual time: slots of 400 ms unless told otherwise, epochs of 4000 of them.</summary>
public sealed class ScheduleRestartWindowTests
{
    private static readonly TimeSpan TwoMinutes = TimeSpan.FromMinutes(2);

    private readonly List<string> _notes = [];
    private SimulatedPair _pair = null!;
    private SimulatedCoordinator _coordinator = null!;
    private ScheduleAnswers _answers = null!;
    private DateTimeOffset _begun;

    private ulong Newest => _pair.Cluster.Chain.Newest.Slot;

    private TimeSpan Waited => _pair.Cluster.Events.Now - _begun;

    [Fact]
    public void WaitAsync_LeadsNotSoon_IsOpenOnceTheSlotTimeIsMeasured()
    {
        Start(4800, leader: _ => [1200, 1201]);

        var window = Wait(TwoMinutes);

        window.Value!.Idle.Should().BeCloseTo((5200 - (Newest + 1)) * Slot(400), TimeSpan.FromSeconds(20)).And.BeLessThan((5200 - Newest) * Slot(400));
        Waited.Should().BeLessThan(TimeSpan.FromSeconds(12));
    }

    /// <summary>At no pace that slots can have does the window close too soon, so nothing needs to be measured closely.</summary>
    [Fact]
    public void WaitAsync_LeadsNotForLong_OpensWithinASecond()
    {
        Start(4800, leader: _ => [3500]);

        var window = Wait(TwoMinutes);

        window.Value!.Idle.Should().BeGreaterThan(TwoMinutes).And.BeLessThanOrEqualTo((7500 - Newest) * Slot(200));
        Waited.Should().BeLessThan(TimeSpan.FromSeconds(1.2));
    }

    [Fact]
    public void WaitAsync_LeadsSoon_OpensRightAfterItsSlots()
    {
        Start(4800, leader: _ => [850, 851, 852, 853, 1500]);

        var window = Wait(TwoMinutes);

        window.IsDone.Should().BeTrue("{0}", window);
        Newest.Should().BeInRange(4853, 4856);
        _notes.Should().Contain(note => note.Contains("leads next at slot 4850: 2026-", StringComparison.Ordinal));
        _notes.Should().Contain(note => note.StartsWith("windows of 2 min: 2026-", StringComparison.Ordinal) && note.Contains("for 3 min 5", StringComparison.Ordinal) && note.Contains("; 2026-", StringComparison.Ordinal));
    }

    [Fact]
    public void WaitAsync_OpenWindowIsLongEnough_IsTakenThoughALongerOneFollows()
    {
        Start(4800, leader: _ => [870, 871, 3000]);

        Wait(Slot(10_000)).Value!.Idle.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(10));

        Newest.Should().BeLessThan(4835);
    }

    [Fact]
    public void WaitAsync_SlotsAreShorterThanUsual_TheyAreMeasured()
    {
        // 400 slots are 160 s if a slot takes 0.4 s, and 100 s here.
        Start(4800, leader: _ => [820, 1220, 1820], slotMilliseconds: 250);

        Wait(TwoMinutes).Value!.Idle.Should().BeGreaterThanOrEqualTo(TwoMinutes).And.BeLessThanOrEqualTo(600 * Slot(250));

        Newest.Should().BeInRange(5220, 5224);
    }

    [Fact]
    public void WaitAsync_WindowGoesOnInTheNextEpoch_IsOneWindow()
    {
        Start(7900, leader: epoch => epoch == 2 ? [300] : [3920]);

        Wait(TwoMinutes).Value!.Idle.Should().BeGreaterThan(TimeSpan.FromSeconds(135));

        Newest.Should().BeInRange(7920, 7923);
    }

    [Fact]
    public void WaitAsync_NextEpochIsNotKnown_WindowEndsWhereNothingIsKnown()
    {
        Start(7900, leader: epoch => epoch == 2 ? [20, 21] : [3920]);
        _answers.EpochsAhead = 0;

        var window = Wait(TwoMinutes);

        window.IsDone.Should().BeTrue("{0}", window);
        Newest.Should().BeGreaterThanOrEqualTo(8021, "before the epoch's end it was unknown that it leads no slot until that slot").And.BeLessThan(8040);
        _notes.Should().Contain(note => note.StartsWith("no window of 2 min before this epoch's end (2026-", StringComparison.Ordinal) && note.Contains("; the longest there is: 2026-", StringComparison.Ordinal));
        _notes.Should().Contain("the leader slots of the next epoch are not known yet");
    }

    [Fact]
    public void WaitAsync_NoWindowInThisEpoch_SaysSoAtOnceAndWaitsForTheNext()
    {
        Start(7700, leader: epoch => epoch == 2 ? [20, 21] : [.. Enumerable.Range(3000, 1000).Where(index => index % 100 < 4).Select(index => (ulong)index)]);
        var told = TimeSpan.MaxValue;

        var window = Wait(TwoMinutes, note => told = note.StartsWith("no window", StringComparison.Ordinal) && Waited < told ? Waited : told);

        window.IsDone.Should().BeTrue("{0}", window);
        Newest.Should().BeInRange(8021, 8024);
        told.Should().BeLessThan(TimeSpan.FromSeconds(12));
        _notes.First(note => note.StartsWith("no window", StringComparison.Ordinal)).Should().Contain("the longest there is").And.Contain("for 4");
    }

    [Fact]
    public void WaitAsync_NoWindowInAllThatIsKnown_IsNotWaitedFor()
    {
        Start(4800, leader: _ => [.. Enumerable.Range(0, 4000).Where(index => index % 100 == 0 && index != 1600).Select(index => (ulong)index)]);

        var window = Wait(TwoMinutes);

        window.Call.Failure.Should().Be(CallFailure.NoRestartWindow);
        window.Call.Detail.Should().StartWith("no window of 2 min before the next epoch's end (2026-").And.Contain("the longest there is: 2026-").And.Contain("ask for a shorter one");
        Waited.Should().BeLessThan(TimeSpan.FromSeconds(12));
    }

    [Fact]
    public void WaitAsync_OpensAfterTheLimit_IsNotWaitedFor()
    {
        Start(4800, leader: _ => [.. Enumerable.Range(0, 1500).Where(index => index % 100 == 0).Select(index => (ulong)index)]);

        var window = Wait(new RestartWindowRequest { MinimumIdle = TwoMinutes, Limit = TimeSpan.FromMinutes(3) });

        window.Call.Failure.Should().Be(CallFailure.NoRestartWindow);
        window.Call.Detail.Should().StartWith("the next window of 2 min opens after the time limit: 2026-").And.Contain("the longest there is");
        Waited.Should().BeLessThan(TimeSpan.FromSeconds(12));
    }

    [Fact]
    public void WaitAsync_TooMuchStakeIsDelinquent_WaitsUntilItIsNot()
    {
        Start(4800);
        _answers.Delinquent = slot => slot < 4900 ? 0.051 : 0.05;

        Wait(TwoMinutes).IsDone.Should().BeTrue();

        Newest.Should().BeInRange(4900, 4914);
        _notes.Should().Contain(note => note.StartsWith("5.1 % of the cluster's stake is delinquent, more than 5.0 %", StringComparison.Ordinal));
    }

    [Fact]
    public void WaitAsync_NobodyAsksForTheStake_IsOpen()
    {
        Start(4800);
        _answers.Delinquent = _ => 1;

        Wait(new RestartWindowRequest { MinimumIdle = TwoMinutes, MaximumDelinquentStake = 1 }).IsDone.Should().BeTrue();
    }

    [Theory]
    [InlineData(RpcFault.Refused, CallFailure.Refused)]
    [InlineData(RpcFault.Lost, CallFailure.Unreachable)]
    [InlineData(RpcFault.Slow, CallFailure.TimedOut)]
    internal void WaitAsync_ThreeProbesInARowFail_GivesUpWithTheReason(RpcFault fault, CallFailure expected)
    {
        Start(4800, new Dictionary<int, RpcFault> { [4] = fault, [5] = fault, [6] = fault });

        Wait(TwoMinutes).Call.Should().Match<CallResult>(call => call.Failure == expected && call.Detail!.Contains("3 times in a row"));
    }

    [Fact]
    public void WaitAsync_ProbesFailNowAndThen_GoesOn()
    {
        Start(4800, new Dictionary<int, RpcFault> { [0] = RpcFault.Lost, [1] = RpcFault.Slow, [5] = RpcFault.Refused, [6] = RpcFault.Refused });

        var window = Wait(TwoMinutes);

        window.IsDone.Should().BeTrue("{0}", window);
        _notes.Should().Contain(note => note.StartsWith("the cluster could not be read: getEpochInfo", StringComparison.Ordinal));
    }

    [Fact]
    public void WaitAsync_AnswersOfANodeThatIsBehind_AreNotTakenForTheChain()
    {
        // Two nodes share a gateway, and every other answer is 12 slots old. Around slot 7990 the answers alternate between the two epochs.
        Start(7970, Enumerable.Range(0, 200).Where(call => call % 2 == 1).ToDictionary(call => call, _ => RpcFault.Stale), epoch => epoch == 2 ? [20, 21] : [3980, 3981]);

        var window = Wait(TwoMinutes);

        window.IsDone.Should().BeTrue("{0}", window);
        Newest.Should().BeInRange(8021, 8036);
        window.Value!.Idle.Should().BeLessThan((15_980 - Newest) * Slot(400));
    }

    [Fact]
    public void WaitAsync_GivenUpInTheMiddle_IsCancelled()
    {
        Start(4800, leader: _ => [820]);
        using var caller = new CancellationTokenSource(TimeSpan.FromSeconds(3), _coordinator.Time);

        var window = _coordinator.Run(() => Window().WaitAsync(new RestartWindowRequest { MinimumIdle = TwoMinutes }, notes: null, caller.Token), TimeSpan.FromHours(1))!;

        window.Call.Failure.Should().Be(CallFailure.Canceled);
        Waited.Should().BeCloseTo(TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(10));
    }

    /// <summary>The simulated chain's own schedules, of all kinds and at the epoch's end: every window is idle.</summary>
    [Fact]
    public void WaitAsync_RandomChains_NoLeaderSlotInAllTheTimeThatWasSaid()
    {
        var acrossTheEnd = 0;
        for (ulong seed = 1; seed <= 150; seed++)
        {
            var random = new SeededRandom(seed, "window");
            var chain = new ChainOptions
            {
                Seed = seed,
                LeaderShare = random.Between(0.02, 0.3),
                StartSlot = random.Chance(0.5) ? 3900UL : 4800UL,
                SlotDuration = random.Milliseconds(250, 700),
                SkippedSlots = random.Between(0, 0.1),
            };
            _pair = new SimulatedPair(chain);
            _coordinator = _pair.AddCoordinator("first", TimeSpan.FromMilliseconds(20));
            var asked = random.Milliseconds(2000, 20_000);
            var schedule = _pair.Cluster.Chain.Schedule;

            var window = _coordinator.Run(() => _coordinator.Pair(_pair.A).Source.RestartWindow!.WaitAsync(new RestartWindowRequest { MinimumIdle = asked }, notes: null), TimeSpan.FromHours(2))!;

            window.IsDone.Should().BeTrue("seed {0}: {1}", seed, window);
            window.Value!.Idle.Should().BeGreaterThanOrEqualTo(asked);
            var idle = (ulong)(window.Value.Idle / chain.SlotDuration);
            for (var slot = Newest + 1; slot < Newest + idle; slot++)
            {
                schedule.IsStaked(slot).Should().BeFalse("seed {0}: it is said that {1} from slot {2} on", seed, window, Newest);
            }

            acrossTheEnd += schedule.EpochOf(Newest) != schedule.EpochOf(Newest + idle) ? 1 : 0;
        }

        acrossTheEnd.Should().BeGreaterThan(3);
    }

    private static TimeSpan Slot(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private void Start(ulong slot, Dictionary<int, RpcFault>? faults = null, Func<ulong, ulong[]?>? leader = null, int slotMilliseconds = 400)
    {
        _pair = new SimulatedPair(new ChainOptions { StartSlot = slot, LeaderShare = 0, SlotDuration = Slot(slotMilliseconds) });
        _coordinator = _pair.AddCoordinator("first", TimeSpan.FromMilliseconds(20), new PlannedFaults(new SeededRandom(1, "faults"), [], faults));
        _answers = new ScheduleAnswers(new ChainAnswers(_pair.Cluster, node: null)) { Leader = leader ?? (_ => []) };
        _begun = _pair.Cluster.Events.Now;
    }

    private ScheduleRestartWindow Window() =>
        new(new SimulatedClusterRpc(_coordinator, _pair.Cluster.Chain, node: null, _answers), _pair.Cluster.Identities.Staked, _coordinator.Time);

    private CallResult<OpenRestartWindow> Wait(TimeSpan idle, Action<string>? onNote = null) => Wait(new RestartWindowRequest { MinimumIdle = idle }, onNote);

    private CallResult<OpenRestartWindow> Wait(RestartWindowRequest request, Action<string>? onNote = null)
    {
        var notes = new Notes(note =>
        {
            _notes.Add(note);
            onNote?.Invoke(note);
        });
        return _coordinator.Run(() => Window().WaitAsync(request, notes), TimeSpan.FromHours(2))!;
    }

    private sealed class Notes(Action<string> take) : IProgress<string>
    {
        public void Report(string value) => take(value);
    }
}
