using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>When a guard demotes its node: one look a second, slots of 400 ms, its own RPC and two witnesses.</summary>
public sealed class GuardHistoryTests
{
    private static readonly GuardTimings Timings = new();
    private GuardHistory _history = GuardHistory.Begin(Timings, "own", TimeSpan.Zero);
    private int _second;
    private ulong _slot = 10_000;
    private ulong _vote = 9_999;

    private bool MustDemote => _history.MustDemote(TimeSpan.FromSeconds(_second));

    [Fact]
    public void VotesLand_ForLong_Waits() => Pass(600).Should().OnlyContain(must => !must);

    [Fact]
    public void VotesStop_ForT1_Demotes()
    {
        Pass(60);

        // It counts from the look before the one that showed the last vote.
        Pass(20, votes: false).TakeWhile(must => !must).Should().HaveCount(8);
    }

    [Fact]
    public void OwnRpcOnlySeesVotesLand_Waits() => Pass(60, witnesses: () => [Honest("own"), Silent("one"), Silent("two")]).Should().OnlyContain(must => !must);

    [Fact]
    public void OneWitnessOnlySeesVotesLand_Waits() => Pass(60, witnesses: () => [Silent("own"), Silent("one"), Honest("two")]).Should().OnlyContain(must => !must);

    /// <summary>A daemon counts from the time when the first witness has shown it.</summary>
    [Fact]
    public void AWitnessLags_ShowsTheLastVoteLate_TheCountStays()
    {
        var (slot, vote) = (_slot, _vote);
        WitnessReading Late() => new() { Name = "two", Slot = Math.Max(slot, _slot - 20), LastVote = Math.Max(vote, Math.Min(_vote, _slot - 21)) };
        Pass(60, witnesses: () => [Honest("own"), Honest("one"), Late()]);

        Pass(20, votes: false, witnesses: () => [Honest("own"), Honest("one"), Late()]).TakeWhile(must => !must).Should().HaveCount(8);
    }

    [Fact]
    public void NobodyAnswers_Demotes()
    {
        Pass(60);

        Pass(20, witnesses: () => [Silent("own"), Silent("one"), Silent("two")]).TakeWhile(must => !must).Should().HaveCount(8);
        _history.IsBlind.Should().BeTrue();
    }

    [Fact]
    public void NobodyAnswersFromTheStart_DemotesBehindT1OfItsOwn() =>
        Pass(20, witnesses: () => [Silent("own"), Silent("one"), Silent("two")]).TakeWhile(must => !must).Should().HaveCount(9);

    [Fact]
    public void ClusterHalted_WaitsAndCountsAnewWhenItGoesOn()
    {
        Pass(60);
        Pass(300, votes: false, stands: true).Should().OnlyContain(must => !must);
        _history.StandsStill.Should().BeTrue();

        Pass(20, votes: false).TakeWhile(must => !must).Should().HaveCount(9, "it counts from when the cluster was last seen standing still");
    }

    [Fact]
    public void ClusterStandsStillAndOneWitnessDoesNotAnswer_Demotes()
    {
        Pass(60);

        Pass(20, votes: false, stands: true, witnesses: () => [Honest("own"), Honest("one"), Silent("two")]).Should().Contain(true, "the silent witness may be advancing");
    }

    [Fact]
    public void OwnNodeStandsStillAndAWitnessGoesOn_Demotes()
    {
        Pass(60);
        var (slot, vote) = (_slot, _vote);

        Pass(20, votes: false, witnesses: () => [new() { Name = "own", Slot = slot, LastVote = vote }, Honest("one"), Honest("two")]).TakeWhile(must => !must).Should().HaveCount(8);
    }

    [Fact]
    public void NoWitnessesAreGiven_OwnNodeStandsStill_Demotes()
    {
        Pass(60, witnesses: () => [Honest("own")]);

        Pass(20, votes: false, stands: true, witnesses: () => [Honest("own")]).Should().Contain(true, "a node that is cut off looks the same");
    }

    [Fact]
    public void NodeIsPromotedLongAfterTheLastVote_CountsFromThere()
    {
        Pass(60);
        Pass(60, votes: false, node: GuardedNode.Unstaked).Should().OnlyContain(must => !must);

        Pass(20, votes: false).TakeWhile(must => !must).Should().HaveCount(9);
    }

    [Fact]
    public void NodeDoesNotSayWhatItRuns_IsAsBefore()
    {
        Pass(5, node: GuardedNode.Unstaked);
        Pass(60, votes: false, node: GuardedNode.Silent).Should().OnlyContain(must => !must);
        Pass(5);
        Pass(20, votes: false, node: GuardedNode.Silent).Should().Contain(true);
    }

    [Fact]
    public void NodeNeverSaid_MayRunTheStakedIdentity() => Pass(20, votes: false, node: GuardedNode.Silent).Should().Contain(true);

    [Fact]
    public void AWitnessLies_ThatVotesLand_DoesNotKeepTheNode()
    {
        WitnessReading[] WithALiar() => [Honest("own"), Honest("one"), Honest("two").With(it => it.LastVote = _slot - 1)];
        Pass(60, witnesses: WithALiar);

        Pass(20, votes: false, witnesses: WithALiar).TakeWhile(must => !must).Should().HaveCountLessThanOrEqualTo(10);
    }

    [Fact]
    public void AWitnessSaysNonsense_OfTheFuture_DoesNotCostTheNode() =>
        Pass(60, witnesses: () => [Honest("own"), Honest("one"), new() { Name = "two", Slot = 1_000_000, LastVote = 999_999 }]).Should().OnlyContain(must => !must);

    [Fact]
    public void AProbeIsLate_ButShowsAVoteThatHasLandedMeanwhile_Waits()
    {
        Pass(60);
        for (var i = 0; i < 30; i++)
        {
            Pass(4, votes: false, witnesses: () => [Silent("own"), Silent("one"), Silent("two")]);
            Pass(1).Should().Equal(false);
        }
    }

    /// <summary>The guard and the daemon of the arithmetic, on one chain: in every state of the cluster, the guard finishes before the daemon begins.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(40)]
    public void ClusterStops_ForAWhileInTheSilence_GuardIsThroughBeforeTheDaemonActs(int seconds)
    {
        foreach (var at in Enumerable.Range(0, 19))
        {
            var (demotedBy, lostAt) = Race(at, seconds);

            demotedBy.Should().NotBeNull("stopped for {0} s after {1} s", seconds, at);
            demotedBy!.Value.Should().BeLessThan(lostAt, "stopped for {0} s after {1} s", seconds, at);
        }
    }

    private static (TimeSpan? DemotedBy, TimeSpan LostAt) Race(int stopsAt, int stopsFor)
    {
        var guard = GuardHistory.Begin(Timings, "own", TimeSpan.Zero);
        var watch = MonitorHistory.Begin(new DetectionRules());
        var (slot, vote) = (10_000UL, 9_999UL);
        TimeSpan? demotedBy = null;
        for (var second = 1; second < 200; second++)
        {
            var silentFor = second - 30;
            slot += silentFor >= stopsAt && silentFor < stopsAt + stopsFor ? 0UL : 3UL;
            vote = silentFor < 0 ? slot - 1 : vote;

            // The daemon looks right after that, and the guard half a second later.
            var at = TimeSpan.FromSeconds(second);
            watch = watch.After(new MonitorReading { At = at + TimeSpan.FromMilliseconds(1), Witnesses = [Probe("one"), Probe("target")] });
            guard = guard.After(new MonitorReading { At = at + TimeSpan.FromMilliseconds(500), Witnesses = [Probe("one"), new WitnessReading { Name = "own", Failure = "cut off" }] }, GuardedNode.Staked);
            if (demotedBy is null && guard.MustDemote(at + TimeSpan.FromMilliseconds(500)))
            {
                demotedBy = at + TimeSpan.FromMilliseconds(500) + (Timings.Worst - Timings.DemoteAfter - Timings.Interval);
            }

            if (watch.Verdict.State == MonitorState.Lost)
            {
                return (demotedBy, at);
            }

            WitnessReading Probe(string name) => new() { Name = name, Slot = slot, LastVote = vote };
        }

        return (demotedBy, TimeSpan.MaxValue);
    }

    [Fact]
    public void ComesUpAndVotesOfSomebodyElseLand_DemotesAtOnce()
    {
        Pass(1, node: GuardedNode.Coming).Should().Equal(false);

        Pass(10, node: GuardedNode.Coming).TakeWhile(must => !must).Should().HaveCountLessThan(5, "its own votes cannot land while it is not up");
    }

    [Fact]
    public void ComesUpBehindALongSilence_DemotesAtOnce()
    {
        _vote -= 60;

        Pass(1, votes: false, node: GuardedNode.Coming).Should().Equal([true], "a daemon may have counted all that time");
    }

    [Fact]
    public void BeginsOnANodeThatRunsButHasNotVotedForLong_DemotesAtOnce()
    {
        _vote -= 60;

        Pass(1, votes: false).Should().Equal(true);
    }

    [Fact]
    public void ComesUpAndSeesNobody_DemotesAtOnce() =>
        Pass(1, node: GuardedNode.Coming, witnesses: () => [Silent("own"), Silent("one"), Silent("two")]).Should().Equal(true);

    [Fact]
    public void ValidatorDiesWithVotesUnderWay_WaitsForT1()
    {
        Pass(60);

        Pass(2, node: GuardedNode.Coming);
        Pass(20, votes: false, node: GuardedNode.Coming).TakeWhile(must => !must).Should().HaveCount(6);
    }

    /// <summary>It hangs, and another node votes. Its guard used to take those votes for its own, and kept the identity.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    internal void H12_1_VotesLandThatTheOwnTowerLacks_DemotesAtTheSecondProbe(int node)
    {
        Pass(60, ownVote: () => _vote);
        var last = _vote;

        Pass(3, node: node == 0 ? GuardedNode.Staked : GuardedNode.Silent, ownVote: () => last).Should().Equal(false, true, true);

        _history.ForeignVote.Should().Be(_vote);
    }

    [Fact]
    public void H12_1_TowerIsAlwaysAhead_Waits() => Pass(600, ownVote: () => _vote + 1).Should().OnlyContain(must => !must);

    /// <summary>A leftover tower on the other node, or the settings name another folder.</summary>
    [Fact]
    public void H12_1_TowerNeverHeldWhatLanded_IsNotTakenForTheValidatorsOwn() => Pass(600, ownVote: () => 7_000).Should().OnlyContain(must => !must);

    /// <summary>The look at the node is a moment older than the votes that its witnesses show.</summary>
    [Fact]
    public void H12_1_IdentityIsGivenAway_OneProbeSeesBoth_Waits()
    {
        Pass(60, ownVote: () => _vote);
        var last = _vote;

        Pass(1, ownVote: () => last).Should().Equal(false);
        Pass(60, node: GuardedNode.Unstaked, ownVote: () => last).Should().OnlyContain(must => !must);
    }

    private List<bool> Pass(int seconds, bool votes = true, GuardedNode node = GuardedNode.Staked, bool stands = false, Func<WitnessReading[]>? witnesses = null, Func<ulong?>? ownVote = null)
    {
        var all = new List<bool>();
        for (var i = 0; i < seconds; i++)
        {
            _second++;
            _slot += stands ? 0 : _second % 2 == 0 ? 2UL : 3UL;
            _vote = votes && !stands ? _slot - 1 : _vote;
            _history = _history.After(
                new MonitorReading { At = TimeSpan.FromSeconds(_second), Witnesses = witnesses?.Invoke() ?? [Honest("own"), Honest("one"), Honest("two")] }, node, ownVote?.Invoke());
            all.Add(MustDemote);
        }

        return all;
    }

    private WitnessReading Honest(string name) => new() { Name = name, Slot = _slot, LastVote = _vote };

    private static WitnessReading Silent(string name) => new() { Name = name, Failure = "timed out" };
}
