using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The verdicts of a watch: one look a second, slots of 400 ms, two witnesses, unless told otherwise.</summary>
public sealed class WatchHistoryTests
{
    private const ulong Before = 10_000;
    private const int Lamports = 1_000_000_000;
    private MonitorHistory _history = MonitorHistory.Begin(new DetectionRules());
    private int _second;
    private ulong _slot = Before;
    private ulong _vote = Before - 1;

    private MonitorState State => _history.Verdict.State;

    [Fact]
    public void After_VotesLand_IsHealthyFromTheFirstProbe()
    {
        Pass(1);

        State.Should().Be(MonitorState.Healthy);
        _history.Verdict.SilentSlots.Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public void After_NothingProbed_CannotTell() => State.Should().Be(MonitorState.Unknown);

    [Fact]
    public void After_VotesStop_IsSuspectThenLostBehindT2AndThreeProbes()
    {
        Pass(10);
        var states = Enumerable.Range(0, 40).Select(_ => Pass(1, votes: false)).ToList();

        // Eight slots are some 2 s; 50 slots are 20 s, and so is T2; three looks in a row.
        states.TakeWhile(state => state == MonitorState.Healthy).Should().HaveCount(2);
        states.SkipWhile(state => state == MonitorState.Healthy).TakeWhile(state => state == MonitorState.Suspect).Should().HaveCount(19);
        states.Skip(21).Should().OnlyContain(state => state == MonitorState.Lost);
        _history.Verdict.Reason.Should().StartWith("no vote newer than slot 10024 has landed, watched for 40 s; 2 witnesses have seen 50 slots without one");
    }

    [Fact]
    public void After_LostAndAVoteLands_IsHealthyAgainOnlyAfterThreeProbes()
    {
        Pass(1);
        Pass(40, votes: false);

        var states = Enumerable.Range(0, 3).Select(_ => Pass(1)).ToList();

        states.Should().Equal(MonitorState.Lost, MonitorState.Lost, MonitorState.Healthy);
    }

    /// <summary>"Lost: a vote has landed" would be two looks in one sentence.</summary>
    [Fact]
    public void W8_LostAndVotesLandAgain_SaysSinceWhenItWasLostAndHowManyProbesSayOtherwise()
    {
        Pass(1);
        Pass(30, votes: false);
        Pass(2);

        _history.Verdict.State.Should().Be(MonitorState.Lost);
        _history.Verdict.Reason.Should().MatchRegex("^it was lost [0-9]+ s ago; votes land again: a vote of the identity for slot [0-9]+ has landed; 2 of 3 readings in a row say so$");
    }

    [Fact]
    public void After_OneProbeInBetweenSaysOtherwise_CountsAnew()
    {
        Pass(1);
        Pass(21, votes: false);
        State.Should().Be(MonitorState.Suspect);

        Probe(veto: "a pause");
        Pass(2, votes: false);

        State.Should().Be(MonitorState.Suspect);
        Pass(1, votes: false).Should().Be(MonitorState.Lost);
    }

    [Fact]
    public void After_OneWitnessOnlySeesItSilent_IsNoMoreThanSuspect()
    {
        Pass(1);
        for (var i = 0; i < 60; i++)
        {
            Advance(votes: false);
            Probe(Witness("one"), Silent("two"));
        }

        State.Should().Be(MonitorState.Suspect);
        _history.Verdict.Reason.Should().Contain("1 witnesses of 2");
    }

    [Fact]
    public void After_OneWitnessSeesVotesLandAndTheOtherIsBehind_IsHealthy()
    {
        for (var i = 0; i < 60; i++)
        {
            Advance();
            Probe(Witness("one"), Witness("two").With(it => it.LastVote = Before - 500));
        }

        State.Should().Be(MonitorState.Healthy);
    }

    [Fact]
    public void After_NoWitnessAnswers_CannotTellAndSaysWhatEachSaid()
    {
        Pass(5);
        for (var i = 0; i < 60; i++)
        {
            Advance(votes: false);
            Probe(Silent("one"), Silent("two"));
        }

        State.Should().Be(MonitorState.Unknown);
        _history.Verdict.Reason.Should().Be("no witness answers: one: timed out; two: timed out");
    }

    [Fact]
    public void After_TheClusterStandsStill_CannotTell()
    {
        Pass(5);
        for (var i = 0; i < 60; i++)
        {
            _second++;
            Probe();
        }

        State.Should().Be(MonitorState.Unknown);
        _history.Verdict.Reason.Should().StartWith("the cluster is halted");
    }

    [Fact]
    public void After_TheClusterCatchesUpInNoTime_IsNotLostBeforeT2()
    {
        Pass(5);
        _slot += 500;

        Pass(15, votes: false);

        State.Should().Be(MonitorState.Suspect, "500 slots went by in a second, but not 20 s");
    }

    [Theory]
    [InlineData(4_999, MonitorState.Unknown)]
    [InlineData(5_000, MonitorState.Lost)]
    public void After_TheIdentityCannotPayForItsVotes_CannotTell(int lamports, MonitorState expected)
    {
        Pass(1);
        for (var i = 0; i < 60; i++)
        {
            Advance(votes: false);
            Probe((ulong)lamports);
        }

        State.Should().Be(expected);
    }

    [Fact]
    public void After_Veto_CannotTellForThatReasonButVotesThatLandAreHealthy()
    {
        Pass(1);
        Pass(60, votes: false);

        Probe(veto: "paused by ops until 12:00");

        _history.Verdict.Should().Match<MonitorVerdict>(verdict => verdict.State == MonitorState.Unknown && verdict.Reason == "paused by ops until 12:00");
    }

    [Fact]
    public void After_SameProbes_SameVerdicts()
    {
        var looks = Enumerable.Range(0, 50).Select(second => new MonitorReading
        {
            At = TimeSpan.FromSeconds(second),
            Witnesses = [new WitnessReading { Name = "one", Slot = Before + (ulong)(second * 5 / 2), LastVote = second % 7 == 0 ? null : Before + (ulong)(second / 3) }],
        }).ToList();

        Verdicts().Should().BeEquivalentTo(Verdicts(), given => given.WithStrictOrdering());

        List<MonitorVerdict> Verdicts()
        {
            var history = MonitorHistory.Begin(new DetectionRules { MinimumWitnesses = 1 });
            return [.. looks.Select(look => (history = history.After(look)).Verdict)];
        }
    }

    private MonitorState Pass(int seconds, bool votes = true)
    {
        for (var i = 0; i < seconds; i++)
        {
            Advance(votes);
            Probe();
        }

        return State;
    }

    private void Advance(bool votes = true)
    {
        _second++;
        _slot += _second % 2 == 0 ? 2UL : 3UL;
        _vote = votes ? _slot - 1 : _vote;
    }

    private void Probe(string? veto = null) => Probe(Lamports, veto, Witness("one"), Witness("two"));

    private void Probe(ulong lamports) => Probe(lamports, null, Witness("one"), Witness("two"));

    private void Probe(params WitnessReading[] witnesses) => Probe(Lamports, null, witnesses);

    private void Probe(ulong lamports, string? veto, params WitnessReading[] witnesses) =>
        _history = _history.After(new MonitorReading { At = TimeSpan.FromSeconds(_second), Witnesses = witnesses, Balance = lamports, Veto = veto });

    private WitnessReading Witness(string name) => new() { Name = name, Slot = _slot, LastVote = _vote };

    private static WitnessReading Silent(string name) => new() { Name = name, Failure = "timed out" };
}
