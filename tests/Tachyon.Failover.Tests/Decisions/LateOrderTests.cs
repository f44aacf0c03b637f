using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>An order that makes a voter came too late: the node has not begun it, and the knowledge of the other node is old.</summary>
public sealed class LateOrderTests
{
    private static readonly CallResult TooLate = CallResult.NotDone(CallFailure.Expired);

    private static readonly RunState Sealed = RunState.Start with
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

    private static readonly RunState Restoring = Sealed with
    {
        SourceLink = IdentityRole.Staked,
        SourceVoters = true,
        FirstFailure = new StepObservation(FailoverStep.DeliverTower, CallResult.NotDone(CallFailure.DiskFull)),
        Tried = [FailoverStep.Prepare, FailoverStep.DeliverTower, FailoverStep.ProbeOther],
    };

    [Fact]
    public void H3_PromotionCameTooLate_TurnsTheWayAroundWithAProbe()
    {
        var state = Sealed.After(new StepObservation(FailoverStep.PromoteTarget, TooLate));

        state.FirstFailure!.Step.Should().Be(FailoverStep.PromoteTarget);
        Next(state).Should().Be(FailoverStep.ProbeOther);
    }

    [Fact]
    public void H3_GivingTheIdentityBackCameTooLate_ProbesTheTargetBeforeTheNextTry()
    {
        foreach (var promotion in (CallOutcome?[])[null, CallOutcome.NotDone, CallOutcome.Unknown])
        {
            var before = Restoring with { Promotion = promotion, TargetVoters = promotion == CallOutcome.Unknown ? false : true, TargetDemoted = promotion == CallOutcome.Unknown };
            Next(before).Should().Be(FailoverStep.PromoteKeeper);

            var state = before.After(new StepObservation(FailoverStep.PromoteKeeper, TooLate));

            Next(state).Should().Be(FailoverStep.ProbeOther);
            state = state.After(new StepObservation(FailoverStep.ProbeOther, CallResult.Done(), IdentityRole.Unstaked));
            Next(state).Should().Be(FailoverStep.ProbeKeeper);
            Next(state.After(new StepObservation(FailoverStep.ProbeKeeper, CallResult.Done(), IdentityRole.Unstaked))).Should().Be(FailoverStep.PromoteKeeper);
        }
    }

    [Fact]
    public void H3_GivingTheIdentityBackCameTooLateAndTheTargetHasItByNow_TouchesNothingMore()
    {
        var state = Restoring
            .After(new StepObservation(FailoverStep.PromoteKeeper, TooLate))
            .After(new StepObservation(FailoverStep.ProbeOther, CallResult.Done(), IdentityRole.Staked));

        SwitchoverProtocol.Next(state).End.Should().Be(FailoverOutcome.Indeterminate);
        state.Location.Should().Be(IdentityLocation.Target);
    }

    [Fact]
    public void H3_GivingTheIdentityBackWasRefused_DoesNotProbeTheTargetAgain() =>
        Next(Restoring.After(new StepObservation(FailoverStep.PromoteKeeper, CallResult.NotDone(CallFailure.TowerCorrupt)))).Should().Be(FailoverStep.ProbeKeeper);

    [Fact]
    public void H3_OrderThatCameTooLateAgainAndAgain_IsNoRefusal()
    {
        var state = Restoring;
        for (var tries = 0; tries < SwitchoverProtocol.RefusalsTaken + 1; tries++)
        {
            state = state
                .After(new StepObservation(FailoverStep.PromoteKeeper, TooLate))
                .After(new StepObservation(FailoverStep.ProbeOther, CallResult.Done(), IdentityRole.Unstaked))
                .After(new StepObservation(FailoverStep.ProbeKeeper, CallResult.Done(), IdentityRole.Unstaked));
        }

        Next(state).Should().Be(FailoverStep.PromoteKeeper, "the node said nothing against it");
    }

    private static FailoverStep Next(RunState state) => SwitchoverProtocol.Next(state).Leg.Should().ContainSingle().Subject;
}
