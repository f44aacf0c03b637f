using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The place of the staked identity in a result (safety.md, kind 11: a result is true when it is given).</summary>
public sealed class WhereaboutsTests
{
    [Theory]
    [InlineData(true, false, IdentityLocation.Source)]
    [InlineData(true, null, IdentityLocation.Source)]
    [InlineData(true, true, IdentityLocation.Unknown)]
    [InlineData(false, true, IdentityLocation.Target)]
    [InlineData(null, true, IdentityLocation.Target)]
    [InlineData(false, false, IdentityLocation.Neither)]
    [InlineData(null, false, IdentityLocation.Unknown)]
    [InlineData(false, null, IdentityLocation.Unknown)]
    [InlineData(null, null, IdentityLocation.Unknown)]
    public void Of_TheAnswersOfBothNodes_IsKnownOnlyIfOneHasItOrBothSaid(bool? source, bool? target, IdentityLocation expected) =>
        Whereabouts.Of(source, target).Should().Be(expected);

    [Theory]
    [InlineData(IdentityLocation.Source)]
    [InlineData(IdentityLocation.Target)]
    [InlineData(IdentityLocation.Neither)]
    [InlineData(IdentityLocation.Unknown)]
    public void AtTheEnd_RunKnewASource_IsWhatTheNodesSayNow(IdentityLocation said) =>
        Whereabouts.AtTheEnd(RunState.Start, said).Should().Be(said);

    [Theory]
    [InlineData(IdentityLocation.Source)]
    [InlineData(IdentityLocation.Neither)]
    public void AtTheEnd_SourceRunsItAndIsSealed_IsAtNeither(IdentityLocation said)
    {
        var state = RunState.Start with { SourceVoters = false };

        Whereabouts.AtTheEnd(state, said).Should().Be(IdentityLocation.Neither);
    }

    /// <summary>The run sealed the source, and somebody promoted the target meanwhile.</summary>
    [Fact]
    public void AtTheEnd_SourceIsSealedAndTheTargetRunsIt_IsAtTheTarget() =>
        Whereabouts.AtTheEnd(RunState.Start with { SourceVoters = false }, IdentityLocation.Target).Should().Be(IdentityLocation.Target);

    [Fact]
    public void AtTheEnd_SealedSourceHadBeenDemotedAndRunsItAgain_IsAtTheSource()
    {
        var state = RunState.Start with { SourceVoters = false, SourceIdentity = IdentityRole.Unstaked };

        Whereabouts.AtTheEnd(state, IdentityLocation.Source).Should().Be(IdentityLocation.Source);
    }

    [Fact]
    public void AtTheEnd_RunDoesNotKnow_IsUnknown() =>
        Whereabouts.AtTheEnd(RunState.Start with { LockWasLost = true }, IdentityLocation.Source).Should().Be(IdentityLocation.Unknown);
}
