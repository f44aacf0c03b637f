using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>Which witnesses a watch believes: one look a second, slots of 400 ms. The validator votes until it is told to stop.</summary>
public sealed class VoteSightingsTests
{
    private const ulong Before = 10_000;
    private MonitorHistory _history = MonitorHistory.Begin(new DetectionRules());
    private int _second;
    private ulong _slot = Before;
    private ulong _vote = Before - 1;

    [Theory]
    [InlineData(0UL, 999_999UL)]
    [InlineData(1_000_000UL, 999_999UL)]
    [InlineData(1_000_000UL, 0UL)]
    [InlineData(0UL, 0UL)]
    public void OneOfThree_SaysNonsense_NeitherHidesALostOneNorLosesAHealthyOne(ulong slotsAhead, ulong votesAhead)
    {
        WitnessReading Bad() => new() { Name = "bad", Slot = _slot + slotsAhead, LastVote = votesAhead == 0 ? 0 : _slot + votesAhead };

        var healthy = Pass(60, votes: true, () => [Honest("one"), Honest("two"), Bad()]);
        var silent = Pass(30, votes: false, () => [Honest("one"), Honest("two"), Bad()]);

        healthy.Should().OnlyContain(state => state == MonitorState.Healthy);
        silent.Should().EndWith(MonitorState.Lost);
        silent.Count(state => state == MonitorState.Lost).Should().BeGreaterThan(5, "it costs no more than a few seconds");
    }

    [Fact]
    public void OneOfThree_SaysThatVotesLandWhereNoneDo_HidesNothing()
    {
        WitnessReading Liar() => Honest("liar").With(it => it.LastVote = _slot - 1);

        Pass(20, votes: true, () => [Honest("one"), Honest("two"), Liar()]).Should().OnlyContain(state => state == MonitorState.Healthy);
        Pass(30, votes: false, () => [Honest("one"), Honest("two"), Liar()]).Should().EndWith(MonitorState.Lost);
        _history.Sight.LastVote.Should().Be(_vote, "a vote that no other witness has seen has not landed");

        Pass(5, votes: true, () => [Honest("one"), Honest("two"), Liar()]).Should().EndWith(MonitorState.Healthy);
    }

    [Fact]
    public void OneOfThree_SaysThatNoVotesLandWhereTheyDo_LosesNothing() =>
        Pass(60, votes: true, () => [Honest("one"), Honest("two"), Honest("liar").With(it => it.LastVote = Before)]).Should().OnlyContain(state => state == MonitorState.Healthy);

    [Fact]
    public void OneOfTwo_SaysNonsense_IsNoLongerBelievedToBeEnough()
    {
        Pass(10, votes: true, () => [Honest("one"), Honest("two")]);
        Pass(60, votes: false, () => [Honest("one"), new WitnessReading { Name = "two", Slot = 1_000_000, LastVote = 0 }]).Should().NotContain(MonitorState.Lost);
    }

    /// <summary>A witness's old nonsense must not count after the witness is right again.</summary>
    [Fact]
    public void OneOfTwo_SaidNonsenseOnce_HidesNothingLater()
    {
        Pass(1, votes: true, () => [Honest("one"), new WitnessReading { Name = "two", Slot = 1_000_000, LastVote = 999_999 }]);
        Pass(10, votes: true, () => [Honest("one"), Honest("two")]).Should().EndWith(MonitorState.Healthy);
        Pass(30, votes: false, () => [Honest("one"), Honest("two")]).Should().EndWith(MonitorState.Lost);
    }

    [Fact]
    public void OneOfThree_SaidNonsenseOnceAndFellSilent_HidesNothingLater()
    {
        Pass(1, votes: true, () => [Honest("one"), Silent("two"), new WitnessReading { Name = "bad", Slot = 1_000_000, LastVote = 999_999 }]);
        Pass(10, votes: true, () => [Honest("one"), Honest("two"), Silent("bad")]).Should().EndWith(MonitorState.Healthy);
        Pass(30, votes: false, () => [Honest("one"), Honest("two"), Silent("bad")]).Should().EndWith(MonitorState.Lost);
    }

    /// <summary>A node that catches up shows an old silence, such as that of a restart.</summary>
    [Theory]
    [InlineData(60UL)]
    [InlineData(200UL)]
    [InlineData(5_000UL)]
    public void OneIsBehind_ASilenceThatIsOver_IsNotSilent(ulong behind)
    {
        Pass(10, votes: true, () => [Honest("one"), Honest("two")]);

        var states = Pass(40, votes: true, () => [Honest("one"), new WitnessReading { Name = "two", Slot = _slot - behind, LastVote = _slot - behind - 60 }]);

        states.Should().OnlyContain(state => state == MonitorState.Healthy);
        _history.Sight.SilentWitnesses.Should().Be(0);
    }

    [Fact]
    public void OneIsBehind_AndTheOtherSeesSilence_IsNotLostBeforeBothAreBehindTheLastVote()
    {
        WitnessReading Late() => new() { Name = "two", Slot = _slot - 100, LastVote = Math.Min(_vote, _slot - 101) };
        Pass(60, votes: true, () => [Honest("one"), Late()]).Should().OnlyContain(state => state == MonitorState.Healthy);

        var states = Pass(90, votes: false, () => [Honest("one"), Late()]);

        // 100 slots of lag and 50 of silence are 60 s, and three looks.
        states.TakeWhile(state => state != MonitorState.Lost).Count().Should().BeInRange(58, 64);
    }

    [Fact]
    public void WitnessStoodStillForAWhile_CountsFromWhenItGoesOn()
    {
        Pass(10, votes: true, () => [Honest("one"), Honest("two")]);
        var (slot, vote) = (_slot, _vote);
        Pass(30, votes: false, () => [Stuck("one"), Stuck("two")]).Should().EndWith(MonitorState.Unknown);

        // All 75 slots at once: the gateway hung, not the cluster. A guard may have waited with it.
        var states = Pass(30, votes: false, () => [Honest("one"), Honest("two")]);

        states.TakeWhile(state => state != MonitorState.Lost).Should().HaveCountGreaterThanOrEqualTo(20).And.OnlyContain(state => state == MonitorState.Suspect);
        states.Should().EndWith(MonitorState.Lost);

        WitnessReading Stuck(string name) => new() { Name = name, Slot = slot, LastVote = vote };
    }

    [Fact]
    public void WitnessesFailOneBehindTheOther_AndTwoGoOnAtAllTimes_TheSilenceCounts()
    {
        string[] names = ["one", "two", "three", "four"];
        Pass(10, votes: true, () => [.. names.Select(Honest)]);

        var states = new List<MonitorState>();
        for (var i = 0; i < 5; i++)
        {
            var (slot, vote) = (_slot, _vote);
            states.AddRange(Pass(6, votes: false, () =>
            [
                .. names.Where((_, number) => number != i % 4 && number != (i + 1) % 4).Select(Honest), Silent(names[i % 4]), new WitnessReading { Name = names[(i + 1) % 4], Slot = slot, LastVote = vote },
            ]));
        }

        states.TakeWhile(state => state != MonitorState.Lost).Should().HaveCountLessThan(25);
    }

    [Fact]
    public void OneOnlyGoesOnForAWhile_CountsFromWhenTwoDo()
    {
        Pass(10, votes: true, () => [Honest("one"), Honest("two"), Honest("three")]);
        Pass(6, votes: false, () => [Honest("one"), Silent("two"), Silent("three")]);

        var states = Pass(30, votes: false, () => [Honest("one"), Honest("two"), Silent("three")]);

        states.TakeWhile(state => state != MonitorState.Lost).Should().HaveCountGreaterThanOrEqualTo(20);
        states.Should().EndWith(MonitorState.Lost);
    }

    [Fact]
    public void AnswersTakeLong_SilenceIsCountedFromWhenTheyCameToWhenTheyWereAskedFor()
    {
        Pass(10, votes: true, () => [Honest("one").With(that => that.Took = TimeSpan.FromSeconds(0.7)), Honest("two").With(it => it.Took = TimeSpan.FromSeconds(0.9))]);
        Pass(30, votes: false, () => [Honest("one"), Honest("two")]);

        _history.Sight.Silence.Should().Be(TimeSpan.FromSeconds(30 - 0.7));
    }

    [Fact]
    public void EpochEnds_AndALeaderMissesItsSlots_NothingIsLost()
    {
        // A dead leader's four slots, twice in a row, and a boundary without progress for 3 s.
        for (var i = 0; i < 200; i++)
        {
            Pass(i % 20 == 0 ? 3 : 1, votes: true, () => [Honest("one"), Honest("two")], stands: i % 20 == 0)
                .Should().OnlyContain(state => state == MonitorState.Healthy);
        }
    }

    private List<MonitorState> Pass(int seconds, bool votes, Func<WitnessReading[]> witnesses, bool stands = false)
    {
        var states = new List<MonitorState>();
        for (var i = 0; i < seconds; i++)
        {
            _second++;
            _slot += stands ? 0 : _second % 2 == 0 ? 2UL : 3UL;
            _vote = votes ? _slot - 1 : _vote;
            _history = _history.After(new MonitorReading { At = TimeSpan.FromSeconds(_second), Witnesses = witnesses(), Balance = 1_000_000_000 });
            states.Add(_history.Verdict.State);
        }

        return states;
    }

    private WitnessReading Honest(string name) => new() { Name = name, Slot = _slot, LastVote = _vote };

    private static WitnessReading Silent(string name) => new() { Name = name, Failure = "timed out" };
}
