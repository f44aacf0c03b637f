using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The link of a lost node is moved before its validator, which may hang, is asked.</summary>
public sealed class OwedLinkTests
{
    private static readonly NodeFacts Active = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Staked, Link = IdentityRole.Staked, SavesTowers = true, HasTower = true };
    private static readonly NodeFacts NotAsked = new() { Link = IdentityRole.Staked, HasPendingDemotion = true, MayBeStopped = true, HasTower = true };
    private static readonly NodeFacts Away = new();

    private RunState _state = RunState.StartOfRecovery.After(new StepObservation(FailoverStep.TakeLocks, CallResult.Done()));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S3_Next_OtherVotes_LinkIsMovedAndOnlyThenTheValidatorIsAsked(bool isOutOfTime)
    {
        Probe(new PairFacts { Source = NotAsked, Target = Active, LinkFirst = NodeSide.Source });
        _state = _state with { OutOfTime = isOutOfTime };

        Take(FailoverStep.MoveOtherLink, CallResult.Done());
        _state.IsTurned.Should().BeTrue();
        Take(FailoverStep.ProbeOther, CallResult.Unknown(CallFailure.TimedOut));
        Take(FailoverStep.StopOther, CallResult.Done());
        Take(FailoverStep.MoveOtherTowerAside, CallResult.Done());
    }

    [Fact]
    public void S3_Next_OtherCannotBeProbed_LinkIsMovedAndThenEverythingIsAsked()
    {
        Probe(new PairFacts { Source = Away, Target = NotAsked, LinkFirst = NodeSide.Target });

        Take(FailoverStep.MoveOtherLink, CallResult.Done());

        _state.IsTurned.Should().BeFalse();
        Next.Should().Equal([FailoverStep.Diagnose], "who keeps the identity is not known");
    }

    [Fact]
    public void S3_Next_LinkIsRefused_IsTriedOnceAndThenEverythingIsAsked()
    {
        Probe(new PairFacts { Source = NotAsked, Target = Active, LinkFirst = NodeSide.Source });

        Take(FailoverStep.MoveOtherLink, CallResult.NotDone(CallFailure.PermissionDenied));

        Next.Should().Equal(FailoverStep.Diagnose);
    }

    [Fact]
    public void S3_Next_ANodeIsNotAsTheSettingsSay_NoLinkIsMoved()
    {
        Probe(new PairFacts { Source = NotAsked with { Refusal = "the two names are swapped" }, Target = Active, LinkFirst = NodeSide.Source });

        Next.Should().Equal([FailoverStep.ReleaseLocks], "the link might be pointed at the wrong key");
    }

    [Fact]
    public void S3_Next_LinkWasMovedAndAnotherProbeFails_IsNotMovedOnceMoreForThat()
    {
        Probe(new PairFacts { Source = Away, Target = NotAsked, LinkFirst = NodeSide.Target });
        Take(FailoverStep.MoveOtherLink, CallResult.Done());

        Probe(new PairFacts { Source = Away, Target = NotAsked with { Link = IdentityRole.Unstaked } });

        _state.Recovery!.MovesOtherLinkFirst.Should().BeFalse();
        Next.Should().Equal(FailoverStep.Diagnose);
    }

    [Theory]
    [InlineData(IdentityRole.Staked, NodeCondition.Unreachable, null, true)]
    [InlineData(IdentityRole.Staked, NodeCondition.Running, IdentityRole.Staked, true)]
    [InlineData(IdentityRole.Staked, NodeCondition.Starting, null, true)]
    [InlineData(IdentityRole.Staked, NodeCondition.Running, IdentityRole.Unstaked, false)]
    [InlineData(IdentityRole.Staked, NodeCondition.NotRunning, null, false)]
    [InlineData(IdentityRole.Unstaked, NodeCondition.Running, IdentityRole.Staked, false)]
    [InlineData(null, NodeCondition.Running, IdentityRole.Staked, false)]
    public void S3_MovesLinkFirst_UnlessTheIdentityMayBeItsOwnAfterAll(IdentityRole? link, NodeCondition condition, IdentityRole? identity, bool expected) =>
        RecoveryFacts.MovesLinkFirst(new NodeFacts { Condition = condition, Identity = identity }, link).Should().Be(expected);

    private IEnumerable<FailoverStep> Next => SwitchoverProtocol.Next(_state) is { End: null } move ? move.Leg : [];

    private void Probe(PairFacts facts) => _state = _state.After(new StepObservation(FailoverStep.Diagnose, CallResult.Done(), Pair: facts));

    private void Take(FailoverStep step, CallResult result)
    {
        Next.Should().Equal(step);
        _state = _state.After(new StepObservation(step, result));
    }
}
