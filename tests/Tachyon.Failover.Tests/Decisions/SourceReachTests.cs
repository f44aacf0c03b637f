using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>An inconclusive look proves neither that the node is fenced, nor that it is not.</summary>
public sealed class SourceReachTests
{
    private static readonly SourceReach Stopped = new() { ShellAnswers = true, LinkIsUnstaked = true, WasStopped = true, IsStopped = true };
    private static readonly SourceReach Sealed = new() { ShellAnswers = true, LinkIsUnstaked = true, IsSealed = true, IsDemoted = true };

    public static TheoryData<string> Probes => [.. NotTold.Keys];

    private static Dictionary<string, SourceReach> NotTold { get; } = new(StringComparer.Ordinal)
    {
        ["stopped, and its link is not read"] = Stopped with { ShellAnswers = false, LinkIsUnstaked = null, IsStopped = null },
        ["stopped, and whether it is gone is not known"] = Stopped with { IsStopped = null },
        ["stopped and gone, and its link is not read"] = Stopped with { LinkIsUnstaked = null },
        ["sealed and demoted, and its link is not read"] = Sealed with { LinkIsUnstaked = null },
        ["sealed, and it does not say whom it runs"] = Sealed with { IsDemoted = null },
        ["the adapter does not answer"] = new() { WasFenced = true },
    };

    [Theory]
    [MemberData(nameof(Probes))]
    public void S4_MayBeFenced_TheProbeFailed_IsNeitherFencedNorShownNotToBe(string look)
    {
        NotTold[look].IsFenced.Should().BeFalse();
        NotTold[look].MayBeFenced.Should().BeTrue();
        EvidenceScale.Weigh(NotTold[look], new SilenceFacts(), new TakeoverPolicy()).Grade.Should().Be(EvidenceGrade.None);
    }

    [Fact]
    public void S4_MayBeFenced_TheProbeShowedIt_IsNotAskedAgain()
    {
        Stopped.MayBeFenced.Should().BeFalse("it is fenced");
        (Stopped with { LinkIsUnstaked = false }).MayBeFenced.Should().BeFalse("its link brings it back");
        (Stopped with { IsStopped = false }).MayBeFenced.Should().BeFalse("it runs");
        (Sealed with { IsDemoted = false }).MayBeFenced.Should().BeFalse("it has the staked identity");
        new SourceReach { WasFenced = true, IsPoweredOff = false }.MayBeFenced.Should().BeFalse("the adapter says no");
        new SourceReach { ShellAnswers = true }.MayBeFenced.Should().BeFalse("nothing was done to it");
        new SourceReach().MayBeFenced.Should().BeFalse("nothing was done to it");
    }

    [Theory]
    [InlineData(600.0, 20, true)]
    [InlineData(19.0, 20, false)]
    [InlineData(20.0, 20, false)]
    [InlineData(null, 0, false)]
    public void H11_IsOnDisk_MachineStartedAnewInTheSilence_TheLastVoteMayBeLost(double? uptime, double silence, bool expected) =>
        UnseenVotes.IsOnDisk(uptime is { } up ? TimeSpan.FromSeconds(up) : null, TimeSpan.FromSeconds(silence)).Should().Be(expected);
}
