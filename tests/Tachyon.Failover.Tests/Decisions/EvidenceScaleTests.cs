using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The evidence on a lost node, and its grade.</summary>
public sealed class EvidenceScaleTests
{
    private static readonly SourceReach Dark = new();
    private static readonly SourceReach Demoted = new() { ShellAnswers = true, LinkIsUnstaked = true, IsDemoted = true, IsSealed = true };
    private static readonly PortSights Closed = new([], []);
    private static readonly PortSights Gossip = new(["gossip"], []);
    private static readonly SilenceFacts Silent = new() { Witnesses = 3, SilentWitnesses = 2, Silence = TimeSpan.FromSeconds(30), LastVote = 4711, Ports = Closed, GuardWasHeard = true };
    private static readonly SilenceFacts Voting = new() { Witnesses = 3, SilentWitnesses = 0, Silence = TimeSpan.FromSeconds(1), LastVote = 4711, Ports = Gossip };
    private static readonly TakeoverPolicy Policy = new();
    private static readonly TakeoverPolicy Guarded = new() { Guard = new GuardTimings() };

    [Fact]
    public void Weigh_DemotedSealedAndItsLinkMoved_IsFenced() => Grade(Demoted, Voting).Should().Be(EvidenceGrade.Fenced);

    [Fact]
    public void Weigh_StoppedAndItsLinkMoved_IsFenced() => Grade(Dark with { ShellAnswers = true, IsStopped = true, LinkIsUnstaked = true }, Voting).Should().Be(EvidenceGrade.Fenced);

    [Fact]
    public void Weigh_PoweredOff_IsFencedWithoutAShell() => Grade(Dark with { IsPoweredOff = true }, Voting).Should().Be(EvidenceGrade.Fenced);

    public static TheoryData<string> NotFenced => [.. HalfFenced.Keys];

    private static Dictionary<string, SourceReach> HalfFenced { get; } = new(StringComparer.Ordinal)
    {
        ["its link brings it back"] = Demoted with { LinkIsUnstaked = false },
        ["its link is not known"] = Demoted with { LinkIsUnstaked = null },
        ["replay may vote once more"] = Demoted with { IsSealed = false },
        ["it may have its voter"] = Demoted with { IsSealed = null },
        ["it may have its identity"] = Demoted with { IsDemoted = null },
        ["it is stopped, and starts again as staked"] = Demoted with { IsDemoted = null, IsStopped = true, LinkIsUnstaked = false },
        ["the power is said to be off, and that was not read back"] = Dark with { IsPoweredOff = null },
        ["the power is on"] = Dark with { IsPoweredOff = false },
    };

    [Theory]
    [MemberData(nameof(NotFenced))]
    public void Weigh_OneThingIsMissing_IsNotFenced(string what)
    {
        var evidence = EvidenceScale.Weigh(HalfFenced[what], Voting, Policy);

        evidence.Grade.Should().Be(EvidenceGrade.None);
        Texts(evidence.Missing).Should().NotBeEmpty();
    }

    [Fact]
    public void Weigh_SilentInEveryEye_IsObserved() => Grade(Dark, Silent).Should().Be(EvidenceGrade.Observed);

    public static TheoryData<string> NotObserved => [.. HalfSilent.Keys];

    private static Dictionary<string, SilenceFacts> HalfSilent { get; } = new(StringComparer.Ordinal)
    {
        ["2 independent witnesses that see no vote land for 50 slots (1 of 3 do)"] = Silent with { SilentWitnesses = 1 },
        ["a silence of 20 s (watched for 19 s so far)"] = Silent with { Silence = TimeSpan.FromSeconds(19) },
        ["silence of its ports (gossip, RPC still answer), or a guard on the node"] = Silent with { Ports = new PortSights(["gossip", "RPC"], []) },
        ["a probe of the node's ports, or a guard on the node"] = Silent with { Ports = null },
        ["witnesses that can decide (the cluster stands still)"] = Silent with { UnknownReason = "the cluster stands still" },
    };

    [Theory]
    [MemberData(nameof(NotObserved))]
    public void Weigh_OneEyeIsOpen_IsNotObservedAndSaysWhatIsMissing(string missing)
    {
        var evidence = EvidenceScale.Weigh(Dark, HalfSilent[missing], Policy);

        evidence.Grade.Should().Be(EvidenceGrade.None);
        Texts(evidence.Missing).Should().Contain(missing);
    }

    /// <summary>No witness has seen it silent, and no one has heard it answer.</summary>
    [Fact]
    public void C15_APortCouldNotBeTried_IsNoEvidenceAndNotSaidToAnswer()
    {
        var evidence = EvidenceScale.Weigh(Dark, Silent with { Ports = new PortSights([], ["gossip 203.0.113.1:8001"]) }, Policy);

        evidence.Grade.Should().Be(EvidenceGrade.None);
        Texts(evidence.Facts).Should().Contain("these of its ports could not be tried: gossip 203.0.113.1:8001");
        evidence.ToString().Should().NotContain("answer: gossip").And.NotContain("still answer");
        Texts(evidence.Missing).Should().Contain("a connection to those of its ports that could not be tried (gossip 203.0.113.1:8001), or a guard on the node");
    }

    /// <summary>The chain may have been silent for long when this program begins to look: the slots are the chain's, the seconds are this program's.</summary>
    [Fact]
    public void W9_TheWatchHasJustBegun_SaysOfEachFigureWhoseItIs()
    {
        var evidence = EvidenceScale.Weigh(Dark, Silent with { Silence = TimeSpan.Zero, Slot = 4811 }, Policy);

        Texts(evidence.Facts).Should().ContainSingle(words => words.StartsWith("no vote newer than slot 4711 has landed, 100 slots ago by the chain; this program has watched that silence for 0 s; ", StringComparison.Ordinal));
        Texts(evidence.Missing).Should().Contain("a silence of 20 s (watched for 0 s so far)");
    }

    [Theory]
    [InlineData(17.1, EvidenceGrade.None)]
    [InlineData(17.2, EvidenceGrade.None)]
    [InlineData(20, EvidenceGrade.Observed)]
    public void Weigh_GuardHadTheTime_StandsForThePorts(double silence, EvidenceGrade expected) =>
        EvidenceScale.Weigh(Dark, Silent with { Ports = Gossip, Silence = TimeSpan.FromSeconds(silence) }, Guarded).Grade.Should().Be(expected);

    /// <summary>A policy may name a guard that was never started, or that died long before.</summary>
    [Fact]
    public void H12_1_GuardWasNotHeardBeforeTheSilence_CountsForNothing()
    {
        var evidence = EvidenceScale.Weigh(Dark, Silent with { Ports = Gossip, Silence = TimeSpan.FromHours(1), GuardWasHeard = false }, Guarded);

        evidence.Grade.Should().Be(EvidenceGrade.None);
        Texts(evidence.Missing).Should().Contain("silence of its ports (gossip still answer), or a guard on the node that this watch heard before the silence");
        Texts(evidence.Facts).Should().NotContain(words => words.Contains("guard", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, EvidenceGrade.None)]
    [InlineData(null, EvidenceGrade.None)]
    [InlineData(true, EvidenceGrade.Observed)]
    public void Weigh_SilentAndItsShellAnswers_IsObservedOnlyWithALinkThatDoesNotBringItBack(bool? linkIsUnstaked, EvidenceGrade expected)
    {
        foreach (var policy in (TakeoverPolicy[])[Policy, Guarded])
        {
            var evidence = EvidenceScale.Weigh(Dark with { ShellAnswers = true, LinkIsUnstaked = linkIsUnstaked }, Silent, policy);

            evidence.Grade.Should().Be(expected);
            Texts(evidence.Missing).Should().OnlyHaveUniqueItems();
        }
    }

    /// <summary>A supervisor has restarted it before its link was moved.</summary>
    [Theory]
    [InlineData(null, EvidenceGrade.None)]
    [InlineData(false, EvidenceGrade.None)]
    [InlineData(true, EvidenceGrade.Fenced)]
    public void Weigh_SilentAndItSaysThatItStarts_IsNotObserved(bool? isStopped, EvidenceGrade expected)
    {
        foreach (var policy in (TakeoverPolicy[])[Policy, Guarded])
        {
            EvidenceScale.Weigh(Dark with { ShellAnswers = true, LinkIsUnstaked = true, MayRunStaked = true, IsStopped = isStopped }, Silent, policy).Grade.Should().Be(expected);
        }
    }

    [Fact]
    public void Weigh_GuardOff_OpenPortsAreNotPassedOver() =>
        EvidenceScale.Weigh(Dark, Silent with { Ports = Gossip, Silence = TimeSpan.FromHours(1) }, Policy).Grade.Should().Be(EvidenceGrade.None);

    [Fact]
    public void Weigh_APersonSaysSo_IsAssertedAndTheReasonIsKept()
    {
        var evidence = EvidenceScale.Weigh(Dark, Voting, Policy.With(static it => it.OperatorStatement = "the disks are on my desk"));

        evidence.Grade.Should().Be(EvidenceGrade.Asserted);
        Texts(evidence.Facts).Should().Contain("the operator states: the disks are on my desk");
    }

    [Fact]
    public void MayReach_ShellIsDeadAndItVotes_IsRefusedWithWhatWouldBeNeeded()
    {
        var evidence = EvidenceScale.Weigh(Dark, Voting, Policy);

        EvidenceScale.MayReach(evidence, Dark, Policy).Should().BeFalse();
        Texts(evidence.Missing).Should().StartWith("a shell on it that answers, so that it can be demoted; or a fencing device that can cut its power");
    }

    [Fact]
    public void MayReach_SomethingCanFenceIt_IsTried()
    {
        var evidence = EvidenceScale.Weigh(Dark, Voting, Policy);

        EvidenceScale.MayReach(evidence, Dark with { ShellAnswers = true }, Policy).Should().BeTrue();
        EvidenceScale.MayReach(evidence, Dark with { HasFence = true }, Policy).Should().BeTrue();
    }

    private static EvidenceGrade Grade(SourceReach source, SilenceFacts silence) => EvidenceScale.Weigh(source, silence, Policy).Grade;

    private static IEnumerable<string> Texts(IEnumerable<FailoverNote> notes) => notes.Select(static note => note.Text);
}
