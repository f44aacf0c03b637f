using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The conclusions from the facts: whether the target can be ruled out, and where the identity is.</summary>
public sealed class SwitchoverStateTests
{
    private static readonly RunState Down = RunState.Start with { Recovery = new RecoveryState { OtherIsDown = true }, Tried = [FailoverStep.MoveOtherLink], Promotion = CallOutcome.Unknown, TargetIdentity = null };
    private static readonly RunState Demoted = RunState.Start with { Promotion = CallOutcome.Unknown, TargetVoters = false, TargetDemoted = true };
    private static readonly RunState InRecovery = RunState.StartOfRecovery with { Tried = [FailoverStep.ReturnKeeperVoters] };
    private static readonly NodeFacts Active = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Staked, Link = IdentityRole.Staked, SavesTowers = true };
    private static readonly NodeFacts Inactive = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Unstaked, Link = IdentityRole.Unstaked };

    public static TheoryData<string> Steps => [.. Enum.GetNames<FailoverStep>()];

    [Fact]
    public void Start_OfASwitchover_IsASourceThatVotes() =>
        RunState.Start.Should().BeEquivalentTo(new
        {
            IsRecovery = false,
            LocksHeld = false,
            SourceLink = IdentityRole.Staked,
            SourceIdentity = IdentityRole.Staked,
            SourceVoters = true,
            TargetLink = IdentityRole.Unstaked,
            TargetIdentity = IdentityRole.Unstaked,
            TargetVoters = true,
        });

    [Fact]
    public void StartOfRecovery_BeforeTheFirstProbe_KnowsNothing() =>
        RunState.StartOfRecovery.Should().BeEquivalentTo(new
        {
            IsRecovery = true,
            SourceLink = (IdentityRole?)null,
            SourceIdentity = (IdentityRole?)null,
            SourceVoters = (bool?)null,
            TargetLink = (IdentityRole?)null,
            TargetIdentity = (IdentityRole?)null,
            TargetVoters = (bool?)null,
        });

    [Theory]
    [MemberData(nameof(Steps))]
    public void HasChangedNothing_AStepWasTried_OnlyIfItIsAProbeOrALock(string name)
    {
        var step = Enum.Parse<FailoverStep>(name);
        FailoverStep[] harmless =
        [
            FailoverStep.Preflight, FailoverStep.AwaitRestartWindow, FailoverStep.TakeLocks, FailoverStep.Diagnose, FailoverStep.ProbeOther, FailoverStep.ProbeKeeper, FailoverStep.SeeTargetVote, FailoverStep.SeeKeeperVote, FailoverStep.ReleaseLocks, FailoverStep.AssessEvidence, FailoverStep.ChooseTower,
        ];

        (RunState.Start with { Tried = [step] }).HasChangedNothing.Should().Be(harmless.Contains(step));
        (RunState.Start with { Tried = [step, FailoverStep.TakeLocks, FailoverStep.Diagnose] }).HasChangedNothing.Should().Be(harmless.Contains(step));
    }

    [Fact]
    public void IsTargetHarmless_NothingWasSent_OrItSaidNoAndIsSeenUnstaked()
    {
        (RunState.Start with { TargetIdentity = null }).IsTargetHarmless.Should().BeTrue("nothing was sent");
        var refused = RunState.Start with { Promotion = CallOutcome.NotDone };
        refused.IsTargetHarmless.Should().BeTrue();
        (refused with { TargetIdentity = null }).IsTargetHarmless.Should().BeFalse("a refusal is not believed before it is read back");
        (refused with { TargetIdentity = IdentityRole.Staked }).IsTargetHarmless.Should().BeFalse();
    }

    [Fact]
    public void IsTargetHarmless_ItMayTakeTheIdentityYet_OnlySealedDemotedAndSeenUnstaked()
    {
        Demoted.IsTargetHarmless.Should().BeTrue();
        (Demoted with { TargetIdentity = null }).IsTargetHarmless.Should().BeFalse();
        (Demoted with { TargetIdentity = IdentityRole.Staked }).IsTargetHarmless.Should().BeFalse();
        (Demoted with { TargetVoters = null }).IsTargetHarmless.Should().BeFalse();
        (Demoted with { TargetVoters = true }).IsTargetHarmless.Should().BeFalse();
        (Demoted with { TargetDemoted = false }).IsTargetHarmless.Should().BeFalse();
        (Demoted with { Promotion = CallOutcome.Done }).IsTargetHarmless.Should().BeTrue();
    }

    [Fact]
    public void IsTargetHarmless_ItDoesNotRun_OnlyIfItsLinkWouldNotBringItBackStaked()
    {
        Down.IsTargetHarmless.Should().BeTrue();
        (Down with { TargetLink = IdentityRole.Staked }).IsTargetHarmless.Should().BeFalse();
        (Down with { TargetLink = null }).IsTargetHarmless.Should().BeFalse();
    }

    [Fact]
    public void Location_OfASwitchover_IsWhereItIsKnownToBe()
    {
        RunState.Start.Location.Should().Be(IdentityLocation.Source);
        (RunState.Start with { LockWasLost = true }).Location.Should().Be(IdentityLocation.Unknown, "another coordinator has been there");
        (RunState.Start with { TargetIdentity = IdentityRole.Staked }).Location.Should().Be(IdentityLocation.Target);
        (RunState.Start with { TargetIdentity = IdentityRole.Staked, PromotionWasLost = true }).Location.Should().Be(IdentityLocation.Neither);
        (RunState.Start with { SourceVoters = false }).Location.Should().Be(IdentityLocation.Neither);
        (RunState.Start with { SourceIdentity = IdentityRole.Unstaked }).Location.Should().Be(IdentityLocation.Neither);
    }

    [Fact]
    public void Location_SomethingThatMattersIsNotKnown_IsUnknown()
    {
        (RunState.Start with { SourceIdentity = null }).Location.Should().Be(IdentityLocation.Unknown);
        (RunState.Start with { SourceVoters = null }).Location.Should().Be(IdentityLocation.Unknown);
        (RunState.Start with { Promotion = CallOutcome.Unknown }).Location.Should().Be(IdentityLocation.Unknown, "the target may take it yet");
        (RunState.Start with { SourceVoters = false, TargetIdentity = null }).Location.Should().Be(IdentityLocation.Unknown);
        (Demoted with { SourceVoters = false, TargetVoters = null }).Location.Should().Be(IdentityLocation.Unknown);
        (Down with { SourceVoters = false }).Location.Should().Be(IdentityLocation.Neither, "a node that does not run has it not");
        (Down with { SourceVoters = false, TargetLink = null }).Location.Should().Be(IdentityLocation.Unknown, "its start would bring it back");
    }

    [Fact]
    public void Location_OfARecovery_IsWhereItWasSeenToVoteOrWhereItWasMade()
    {
        var made = InRecovery with { SourceIdentity = IdentityRole.Staked, SourceVoters = true, TargetIdentity = IdentityRole.Unstaked };

        RunState.StartOfRecovery.Location.Should().Be(IdentityLocation.Unknown, "it has not looked");
        (RunState.StartOfRecovery with { SourceIdentity = IdentityRole.Staked, SourceVoters = true }).Location.Should().Be(IdentityLocation.Unknown, "nor was anything made");
        (made with { Recovery = new RecoveryState { Keeper = NodeSide.Source } }).Location.Should().Be(IdentityLocation.Source);
        (made with { Recovery = new RecoveryState { Keeper = NodeSide.Target } }).Location.Should().Be(IdentityLocation.Target);
        (made with { Recovery = new RecoveryState { Keeper = NodeSide.Target }, TargetIdentity = IdentityRole.Staked }).Location.Should().Be(IdentityLocation.Target, "a recovery is never committed");
        (made with { Recovery = new RecoveryState { Verdict = Of(Inactive, Active) } }).Location.Should().Be(IdentityLocation.Target, "it was seen to vote there");
        (made with { Recovery = new RecoveryState { Verdict = Of(Active, Active) } }).Location.Should().Be(IdentityLocation.Unknown, "both vote");
        (made with { Recovery = new RecoveryState { Verdict = Of(Inactive, Inactive, NewestTower.Source) } }).Location.Should().Be(IdentityLocation.Source, "it was made a voter since");
        (made with { Tried = [FailoverStep.TakeLocks], Recovery = new RecoveryState { Verdict = Of(Inactive, Inactive, NewestTower.Source) } }).Location.Should().Be(IdentityLocation.Neither, "nothing was changed since the look");
    }

    private static PairVerdict Of(NodeFacts source, NodeFacts target, NewestTower newest = NewestTower.Unknown) =>
        PairVerdict.Of(new PairFacts { Source = source, Target = target, Newest = newest });
}
