using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>A recovery of nodes that differ from the settings.</summary>
public sealed class RecoveryRefusalTests
{
    private static readonly NodeFacts Active = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Staked, Link = IdentityRole.Unstaked, SavesTowers = true, HasTower = true };
    private static readonly NodeFacts Misread = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Unstaked, Link = IdentityRole.Staked, HasTower = true, Refusal = "the names are swapped" };

    private static readonly StepObservation Locked = new(FailoverStep.TakeLocks, CallResult.Done());

    [Fact]
    public void S2_Next_ANodeIsMisread_EndsAndChangesNothing()
    {
        var state = RunState.StartOfRecovery.After(Locked).After(Probe(Misread));

        Next(state).Leg.Should().Equal(FailoverStep.ReleaseLocks);
        state = state.After(new StepObservation(FailoverStep.ReleaseLocks, CallResult.Done()));
        Next(state).End.Should().Be(FailoverOutcome.Refused);
        state.HasChangedNothing.Should().BeTrue();
        state.Location.Should().Be(IdentityLocation.Source, "who votes is known all the same");
    }

    [Fact]
    public void S2_Next_ANodeIsMisreadAfterAChange_IsNotCalledRefused()
    {
        var state = RunState.StartOfRecovery.After(Locked).After(Probe(Misread with { Refusal = null }));
        Next(state).Leg.Should().Equal(FailoverStep.MoveOtherLink);
        state = state.After(new StepObservation(FailoverStep.MoveOtherLink, CallResult.NotDone(CallFailure.Unrecognized))).After(Probe(Misread)).After(new StepObservation(FailoverStep.ReleaseLocks, CallResult.Done()));

        Next(state).End.Should().Be(FailoverOutcome.Indeterminate);
    }

    private static StepObservation Probe(NodeFacts target) => new(FailoverStep.Diagnose, CallResult.Done(), Pair: new PairFacts { Source = Active, Target = target });

    private static NextMove Next(RunState state) => SwitchoverProtocol.Next(state);
}
