using FluentAssertions;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Xunit;

namespace Tachyon.Failover.Tests.Protocol;

/// <summary>An order that makes a voter came too late: the node has not begun it, and the knowledge of the other node is old.</summary>
public sealed class LateOrderTests
{
    private static readonly CallResult TooLate = CallResult.NotDone(CallFailure.TooLate);

    private static readonly SwitchoverState Sealed = SwitchoverState.Start with
    {
        PreflightPassed = true,
        WindowOpen = true,
        Armed = true,
        LocksHeld = true,
        SourceLink = IdentityRole.Unstaked,
        SourceIdentity = IdentityRole.Unstaked,
        SourceVoters = false,
        FinalTowerInHand = true,
    };

    private static readonly SwitchoverState Restoring = Sealed with
    {
        SourceLink = IdentityRole.Staked,
        SourceVoters = true,
        Setback = new StepObservation(SwitchoverStep.Deliver, CallResult.NotDone(CallFailure.DiskFull)),
        Tried = [SwitchoverStep.Arm, SwitchoverStep.Deliver, SwitchoverStep.LookAtTarget],
    };

    [Fact]
    public void H3_PromotionCameTooLate_TurnsTheWayAroundWithALook()
    {
        var state = Sealed.After(new StepObservation(SwitchoverStep.Promote, TooLate));

        state.Setback!.Step.Should().Be(SwitchoverStep.Promote);
        Next(state).Should().Be(SwitchoverStep.LookAtTarget);
    }

    [Fact]
    public void H3_GivingTheIdentityBackCameTooLate_LooksAtTheTargetBeforeTheNextTry()
    {
        foreach (var promotion in (CallOutcome?[])[null, CallOutcome.NotDone, CallOutcome.Unknown])
        {
            var before = Restoring with { Promotion = promotion, TargetVoters = promotion == CallOutcome.Unknown ? false : true, TargetDemoted = promotion == CallOutcome.Unknown };
            Next(before).Should().Be(SwitchoverStep.RestoreIdentity);

            var state = before.After(new StepObservation(SwitchoverStep.RestoreIdentity, TooLate));

            Next(state).Should().Be(SwitchoverStep.LookAtTarget);
            state = state.After(new StepObservation(SwitchoverStep.LookAtTarget, CallResult.Done(), IdentityRole.Unstaked));
            Next(state).Should().Be(SwitchoverStep.LookAtSource);
            Next(state.After(new StepObservation(SwitchoverStep.LookAtSource, CallResult.Done(), IdentityRole.Unstaked))).Should().Be(SwitchoverStep.RestoreIdentity);
        }
    }

    [Fact]
    public void H3_GivingTheIdentityBackCameTooLateAndTheTargetHasItByNow_TouchesNothingMore()
    {
        var state = Restoring
            .After(new StepObservation(SwitchoverStep.RestoreIdentity, TooLate))
            .After(new StepObservation(SwitchoverStep.LookAtTarget, CallResult.Done(), IdentityRole.Staked));

        SwitchoverProtocol.Next(state).End.Should().Be(SwitchoverOutcome.Indeterminate);
        state.Location.Should().Be(IdentityLocation.Target);
    }

    [Fact]
    public void H3_GivingTheIdentityBackWasRefused_DoesNotLookAtTheTargetAgain() =>
        Next(Restoring.After(new StepObservation(SwitchoverStep.RestoreIdentity, CallResult.NotDone(CallFailure.TowerCorrupt)))).Should().Be(SwitchoverStep.LookAtSource);

    [Fact]
    public void H3_OrderThatCameTooLateAgainAndAgain_IsNoRefusal()
    {
        var state = Restoring;
        for (var tries = 0; tries < SwitchoverProtocol.RefusalsTaken + 1; tries++)
        {
            state = state
                .After(new StepObservation(SwitchoverStep.RestoreIdentity, TooLate))
                .After(new StepObservation(SwitchoverStep.LookAtTarget, CallResult.Done(), IdentityRole.Unstaked))
                .After(new StepObservation(SwitchoverStep.LookAtSource, CallResult.Done(), IdentityRole.Unstaked));
        }

        Next(state).Should().Be(SwitchoverStep.RestoreIdentity, "the node said nothing against it");
    }

    private static SwitchoverStep Next(SwitchoverState state) => SwitchoverProtocol.Next(state).Leg.Should().ContainSingle().Subject;
}
