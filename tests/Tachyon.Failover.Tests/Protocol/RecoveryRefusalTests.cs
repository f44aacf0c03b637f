using FluentAssertions;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Xunit;

namespace Tachyon.Failover.Tests.Protocol;

/// <summary>A recovery of nodes that differ from the settings.</summary>
public sealed class RecoveryRefusalTests
{
    private static readonly NodeFacts Active = new() { Condition = NodeCondition.Answers, Identity = IdentityRole.Staked, Link = IdentityRole.Unstaked, SavesTowers = true, HasTower = true };
    private static readonly NodeFacts Misread = new() { Condition = NodeCondition.Answers, Identity = IdentityRole.Unstaked, Link = IdentityRole.Staked, HasTower = true, Refusal = "the names are swapped" };

    private static readonly StepObservation Locked = new(SwitchoverStep.Lock, CallResult.Done());

    [Fact]
    public void S2_Next_ANodeIsMisread_EndsAndChangesNothing()
    {
        var state = SwitchoverState.StartOfRecovery.After(Locked).After(Look(Misread));

        Next(state).Leg.Should().Equal(SwitchoverStep.Release);
        state = state.After(new StepObservation(SwitchoverStep.Release, CallResult.Done()));
        Next(state).End.Should().Be(SwitchoverOutcome.Refused);
        state.HasChangedNothing.Should().BeTrue();
        state.Location.Should().Be(IdentityLocation.Source, "who votes is known all the same");
    }

    [Fact]
    public void S2_Next_ANodeIsMisreadAfterAChange_IsNotCalledRefused()
    {
        var state = SwitchoverState.StartOfRecovery.After(Locked).After(Look(Misread with { Refusal = null }));
        Next(state).Leg.Should().Equal(SwitchoverStep.RestoreTargetLink);
        state = state.After(new StepObservation(SwitchoverStep.RestoreTargetLink, CallResult.NotDone(CallFailure.Unrecognised))).After(Look(Misread)).After(new StepObservation(SwitchoverStep.Release, CallResult.Done()));

        Next(state).End.Should().Be(SwitchoverOutcome.Indeterminate);
    }

    private static StepObservation Look(NodeFacts target) => new(SwitchoverStep.Diagnose, CallResult.Done(), Pair: new PairFacts { Source = Active, Target = target });

    private static SwitchoverMove Next(SwitchoverState state) => SwitchoverProtocol.Next(state);
}
