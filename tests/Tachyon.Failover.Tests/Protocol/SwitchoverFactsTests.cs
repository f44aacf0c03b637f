using FluentAssertions;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Xunit;

namespace Tachyon.Failover.Tests.Protocol;

/// <summary>What each result tells of the nodes, and what it does not tell: a fact without a ground is how two nodes come to vote.</summary>
public sealed class SwitchoverFactsTests
{
    private static readonly CallResult Refused = CallResult.NotDone(CallFailure.Unrecognised);
    private static readonly CallResult Lost = CallResult.Unknown(CallFailure.ConnectionLost);

    // Two states that differ in every fact, so that no test passes by chance.
    private static readonly SwitchoverState[] Befores =
    [
        SwitchoverState.Start with { LocksHeld = true },
        new()
        {
            PreflightPassed = true,
            WindowOpen = true,
            Armed = true,
            LocksHeld = false,
            SourceLink = IdentityRole.Unstaked,
            SourceIdentity = IdentityRole.Unstaked,
            SourceVoters = false,
            FinalTowerInHand = true,
            Promotion = CallOutcome.Unknown,
            TargetIdentity = IdentityRole.Staked,
            TargetVoters = false,
            VotersReturned = true,
            TargetDemoted = true,
            TargetLink = IdentityRole.Staked,
            FenceMayComeLate = true,
            PromotionWasLost = true,
            Verified = true,
            Tidied = true,
            TargetCleared = true,
            LastLook = CallResult.Done(),
            VoterIsUnknown = true,
        },
    ];

    public static TheoryData<SwitchoverStep> Steps => [.. Enum.GetValues<SwitchoverStep>()];

    [Theory]
    [MemberData(nameof(Steps))]
    public void After_Done_KnowsWhatItDid(SwitchoverStep step)
    {
        foreach (var before in Befores)
        {
            Learned(before, step, CallResult.Done()).Should().Be(
                step switch
                {
                    SwitchoverStep.Preflight => before with { PreflightPassed = true },
                    SwitchoverStep.RestartWindow => before with { WindowOpen = true },
                    SwitchoverStep.Arm or SwitchoverStep.Lock => before with { Armed = true, LocksHeld = true },
                    SwitchoverStep.MoveSourceLink => before with { SourceLink = IdentityRole.Unstaked },
                    SwitchoverStep.Fence => before with { SourceIdentity = IdentityRole.Unstaked, FenceMayComeLate = false },
                    SwitchoverStep.Seal => before with { SourceVoters = false, FinalTowerInHand = true },
                    SwitchoverStep.StopSource => before with { SourceIsDown = true },
                    SwitchoverStep.TakeTower => before with { FinalTowerInHand = true },
                    SwitchoverStep.StopTarget => before with { TargetIsDown = true, TargetWasStopped = true },
                    SwitchoverStep.Promote => before with { Promotion = CallOutcome.Done, TargetIdentity = IdentityRole.Staked },
                    SwitchoverStep.UnsealTarget => before with { TargetVoters = true },
                    SwitchoverStep.MoveTargetLink => before with { TargetLink = IdentityRole.Staked },
                    SwitchoverStep.Verify => before with { Verified = true, PromotionWasLost = false, VoterIsUnknown = false },
                    SwitchoverStep.SeeTargetVote => before with { LastLook = CallResult.Done(), PromotionWasLost = false, VoterIsUnknown = false },
                    SwitchoverStep.SeeSourceVote => before with { LastLook = CallResult.Done(), SourceIdentity = IdentityRole.Staked },
                    SwitchoverStep.Tidy => before with { Tidied = true, LocksHeld = false },

                    // Only a look shows what it runs now: it may have taken the identity before.
                    SwitchoverStep.SealTarget => before with { TargetVoters = false, TargetIdentity = null },
                    SwitchoverStep.DemoteTarget => before with { TargetDemoted = true, TargetIdentity = null },
                    SwitchoverStep.RestoreVoters => before with { SourceVoters = true },
                    SwitchoverStep.RestoreLink => before with { SourceLink = IdentityRole.Staked },

                    // A late fence may have come after it.
                    SwitchoverStep.RestoreIdentity => before with { SourceIdentity = before.FenceMayComeLate ? null : IdentityRole.Staked, FenceMayComeLate = false, LastLook = null },
                    SwitchoverStep.ClearTarget => before with { TargetCleared = true },
                    SwitchoverStep.Release => before with { LocksHeld = false },
                    SwitchoverStep.ReturnVoters => before with { VotersReturned = true },
                    SwitchoverStep.RestoreTargetLink => before with { TargetLink = IdentityRole.Unstaked },

                    // A look that saw nothing.
                    SwitchoverStep.LookAtTarget => before with { TargetIdentity = null },
                    SwitchoverStep.LookAtSource => before with { SourceIdentity = null },
                    _ => before,
                });
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void After_RefusedOrLost_BelievesNothingThatMayBeOtherwise(SwitchoverStep step)
    {
        foreach (var before in Befores)
        {
            foreach (var result in (CallResult[])[Refused, Lost])
            {
                Learned(before, step, result).Should().Be(
                    step switch
                    {
                        SwitchoverStep.Preflight => before with { PreflightPassed = false },
                        SwitchoverStep.RestartWindow => before with { WindowOpen = false },
                        SwitchoverStep.Arm or SwitchoverStep.Lock => before with { Armed = false, LocksHeld = null },
                        SwitchoverStep.MoveSourceLink or SwitchoverStep.RestoreLink => before with { SourceLink = null },
                        SwitchoverStep.Fence => before with { SourceIdentity = null, FenceMayComeLate = result.Outcome == CallOutcome.Unknown },
                        SwitchoverStep.Seal => before with { SourceVoters = null, FinalTowerInHand = false },
                        SwitchoverStep.StopSource => before with { SourceIsDown = false },
                    SwitchoverStep.TakeTower => before with { FinalTowerInHand = false },
                        SwitchoverStep.Promote => before with { Promotion = result.Outcome, TargetIdentity = null },
                        SwitchoverStep.MoveTargetLink or SwitchoverStep.RestoreTargetLink => before with { TargetLink = null },
                        SwitchoverStep.Verify => before with { Verified = false, PromotionWasLost = false, VoterIsUnknown = true },
                        SwitchoverStep.SeeTargetVote => before with { LastLook = result, PromotionWasLost = false, VoterIsUnknown = true },
                        SwitchoverStep.SeeSourceVote => before with { LastLook = result, SourceIdentity = null },
                        SwitchoverStep.Tidy => before with { Tidied = false },
                        SwitchoverStep.LookAtTarget => before with { TargetIdentity = null },
                        SwitchoverStep.SealTarget => before with { TargetVoters = null },
                        SwitchoverStep.DemoteTarget => before with { TargetDemoted = false, TargetIdentity = null },
                        SwitchoverStep.RestoreVoters => before with { SourceVoters = null },
                        SwitchoverStep.LookAtSource => before with { SourceIdentity = null },
                        SwitchoverStep.RestoreIdentity => before with { SourceIdentity = null, LastLook = null },
                        SwitchoverStep.ClearTarget => before with { TargetCleared = false },
                        SwitchoverStep.Release => before with { LocksHeld = null },
                        SwitchoverStep.ReturnVoters => before with { VotersReturned = false },
                        _ => before,
                    });
            }
        }
    }

    [Theory]
    [InlineData(IdentityRole.Staked)]
    [InlineData(IdentityRole.Unstaked)]
    public void After_ALook_KnowsWhatItSaw(IdentityRole seen)
    {
        Seen(SwitchoverStep.LookAtTarget).TargetIdentity.Should().Be(seen);
        Seen(SwitchoverStep.LookAtSource).SourceIdentity.Should().Be(seen);
        Seen(SwitchoverStep.LookAtSource, SwitchoverState.Start with { LastLook = Refused }).LastLook.Should().BeNull("what it runs is known again: its vote is looked for once more");
        Seen(SwitchoverStep.SeeTargetVote).PromotionWasLost.Should().Be(seen == IdentityRole.Unstaked);
        Seen(SwitchoverStep.Verify).PromotionWasLost.Should().Be(seen == IdentityRole.Unstaked, "the target was promoted, and something has demoted it since");

        SwitchoverState Seen(SwitchoverStep step, SwitchoverState? before = null) => (before ?? SwitchoverState.Start).After(new StepObservation(step, CallResult.Done(), seen));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void After_NeverSent_SaysNothing(SwitchoverStep step) =>
        SwitchoverState.Start.After(new StepObservation(step, CallResult.NotDone(CallFailure.Skipped))).Should().BeSameAs(SwitchoverState.Start);

    [Fact]
    public void WasRefused_OfWhatWasNotDone_OnlyIfTheNodeItselfSaidNo()
    {
        var failures = Enum.GetValues<CallFailure>().Where(failure => !new StepObservation(SwitchoverStep.Seal, CallResult.NotDone(failure)).WasRefused);

        failures.Should().BeEquivalentTo([CallFailure.Unreachable, CallFailure.LockHeld, CallFailure.Skipped, CallFailure.TowerNotTheDelivered, CallFailure.TooLate]);
        new StepObservation(SwitchoverStep.Seal, Lost).WasRefused.Should().BeFalse();
    }

    [Fact]
    public void After_RefusedByANodeThatCouldBeReached_CountsAgainstTheStepAlone()
    {
        var state = SwitchoverState.Start;
        foreach (var result in (CallResult[])[Refused, CallResult.Done(), Lost, Refused, .. Unasked])
        {
            state = state.After(new StepObservation(SwitchoverStep.RestoreLink, result)).After(new StepObservation(SwitchoverStep.RestoreVoters, CallResult.Done()));
        }

        state.Refusals.Should().BeEquivalentTo(new Dictionary<SwitchoverStep, int> { [SwitchoverStep.RestoreLink] = 2, [SwitchoverStep.RestoreVoters] = 0 });
        state.Tried.Should().BeEquivalentTo([SwitchoverStep.RestoreLink, SwitchoverStep.RestoreVoters]);
    }

    [Fact]
    public void After_TheLockIsLost_NeverHasItAgain() =>
        SwitchoverState.Start
            .After(new StepObservation(SwitchoverStep.Seal, CallResult.NotDone(CallFailure.LockLost)))
            .After(new StepObservation(SwitchoverStep.Release, CallResult.Done()))
            .LockWasLost.Should().BeTrue("another coordinator has been there meanwhile");

    [Fact]
    public void After_NotDone_TheFirstSetbackStays()
    {
        var first = new StepObservation(SwitchoverStep.Fence, Lost);

        var state = SwitchoverState.Start
            .After(new StepObservation(SwitchoverStep.AwaitLastVote, Lost)).After(new StepObservation(SwitchoverStep.Arm, CallResult.Done()))
            .After(first).After(new StepObservation(SwitchoverStep.Seal, Refused));

        state.Setback.Should().BeSameAs(first, "whether the last vote was seen is a matter of speed, and what follows a setback is its consequence");
    }

    [Fact]
    public void Abandoned_AfterASetback_TellsTheSetbackAndOfARecoveryThatItWasGivenUp()
    {
        var setback = new StepObservation(SwitchoverStep.Fence, Lost);
        var given = CallResult.NotDone(CallFailure.Cancelled);

        SwitchoverState.Start.Abandoned(SwitchoverStep.Seal, given).Setback.Should().Be(new StepObservation(SwitchoverStep.Seal, given));
        (SwitchoverState.Start with { Setback = setback }).Abandoned(SwitchoverStep.Seal, given).Setback.Should().BeSameAs(setback);
        (SwitchoverState.StartOfRecovery with { Setback = setback }).Abandoned(SwitchoverStep.Seal, given).Setback.Should().Be(new StepObservation(SwitchoverStep.Seal, given));
    }

    [Fact]
    public void After_TheRuleThatALostAnswerIsResolvedIsBroken_TakesThePromotionForNotDone()
    {
        var broken = SwitchoverState.Start with { Rules = SwitchoverRules.All with { ResolvesUnknown = false }, TargetIdentity = null };

        broken.After(new StepObservation(SwitchoverStep.Promote, Lost)).Should().BeEquivalentTo(new { Promotion = CallOutcome.NotDone, TargetIdentity = IdentityRole.Unstaked });
        broken.After(new StepObservation(SwitchoverStep.Promote, CallResult.Done())).Should().BeEquivalentTo(new { Promotion = CallOutcome.Done, TargetIdentity = IdentityRole.Staked });
    }

    /// <summary>The steps that no node has refused.</summary>
    private static IEnumerable<CallResult> Unasked =>
        ((CallFailure[])[CallFailure.Unreachable, CallFailure.LockHeld, CallFailure.TowerNotTheDelivered]).Select(failure => CallResult.NotDone(failure));

    private static SwitchoverState Learned(SwitchoverState before, SwitchoverStep step, CallResult result) =>
        before.After(new StepObservation(step, result)) with { Tried = before.Tried, Failed = before.Failed, Refusals = before.Refusals, Setback = before.Setback };
}
