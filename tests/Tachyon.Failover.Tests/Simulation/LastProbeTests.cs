using FluentAssertions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>A result is true at its time, even if the promoted node ends after its promotion.</summary>
public sealed class LastProbeTests
{
    private const int Seeds = 40;

    [Theory]
    [InlineData(NodeCall.PointLinkAtStaked, CallFault.HostCrashBefore)]
    [InlineData(NodeCall.TakeStakedIdentity, CallFault.HostCrashAfter)]
    [InlineData(NodeCall.PointLinkAtStaked, CallFault.ValidatorCrashBefore)]
    public void E1_TargetRestartsAfterItsPromotion_TheResultIsTrue(NodeCall call, CallFault fault)
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var pair = new SimulatedPair(seed);
            pair.Faults.Add(pair.B, call, fault);

            var result = Switch(pair, pair.FromAToB);

            pair.Faults.Happened.Should().ContainSingle();
            pair.Judge.ThrowIfBroken(result);
            ShouldSayWhatToDo(pair, result);
        }
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1500)]
    [InlineData(2300)]
    public void H6_TargetDiesShortlyAfterThePromotion_IsNotCalledCompleted(int milliseconds)
    {
        var pair = new SimulatedPair(12);
        var given = pair.FromAToB;
        given = given with { Target = given.Target with { Host = new AfterPromotion(given.Target.Host, () => pair.After(TimeSpan.FromMilliseconds(milliseconds), pair.B.KillValidator)) } };

        var result = Switch(pair, given);

        result.Outcome.Should().Be(FailoverOutcome.Indeterminate, "{0}", result);
        result.Reason.Should().Contain("not up");
        pair.Judge.ThrowIfBroken(result);
        ShouldSayWhatToDo(pair, result);
    }

    /// <summary>On the way back the source gets its identity, and dies of it a moment later: the result does not say that it votes.</summary>
    [Fact]
    public void H6_SourceDiesShortlyAfterItGotTheIdentityBack_TheResultIsTrue()
    {
        var pair = new SimulatedPair(12);
        pair.Faults.Add(pair.B, NodeCall.DeliverTower, CallFault.Refused, skip: 1);
        var given = pair.FromAToB;
        given = given with { Source = given.Source with { Host = new AfterPromotion(given.Source.Host, () => pair.After(TimeSpan.FromMilliseconds(2300), pair.A.KillValidator)) } };

        var result = Switch(pair, given);

        result.Steps.Should().Contain(step => step.StepCode == FailoverStep.PromoteKeeper && step.Result.IsDone);
        pair.Judge.ThrowIfBroken(result);
    }

    /// <summary>Its promotion was never answered. It votes, and restarts without the identity before a look at it. The source's tower lacks its votes.</summary>
    [Fact]
    public void E1_TargetVotedAndRestartedBeforeItWasSeen_TheSourceDoesNotVoteWithItsOldTower()
    {
        var pair = new SimulatedPair(12);
        var given = pair.FromAToB;
        given = given with
        {
            // After the preflight's two looks, gossip still names it, and would lead the way forward.
            Cluster = ThrowingPart.Of(given.Cluster, new ThrowingPart.Counter(throwsAt: 3, always: true, only: nameof(given.Cluster.GetClusterNodesAsync))),
            Target = given.Target with
            {
                Host = new AtPromotion(given.Target.Host, () =>
                {
                    pair.After(TimeSpan.FromMilliseconds(50), () => pair.Coordinator.Partition(pair.B, TimeSpan.FromSeconds(60)));
                    pair.After(TimeSpan.FromSeconds(4), pair.B.KillValidator);
                }),
            },
        };

        var result = Switch(pair, given);

        result.Steps.Should().Contain(step => step.StepCode == FailoverStep.PromoteKeeper && step.Result.Failure == CallFailure.TowerCorrupt, "{0}", result);
        (result.Outcome, result.IdentityAt).Should().Be((FailoverOutcome.Indeterminate, IdentityLocation.Neither), "{0}", result);
        result.OperatorActions.Should().NotContain(todo => todo.Command != null && todo.Command.Contains("--require-tower"));
        pair.Pass(TimeSpan.FromSeconds(20));
        pair.Judge.CheckClaims(result);
        pair.Judge.ProbeVotes();
        pair.Judge.Broken.Should().BeEmpty();
    }

    /// <summary>The settings name a voter that the vote account does not: it is given back, and has no effect.</summary>
    [Fact]
    public void H5_SourceGetsBackVotersThatAreOfNoUse_IsNotCalledUndone()
    {
        var pair = new SimulatedPair(3);
        pair.Faults.Add(pair.B, NodeCall.DeliverTower, CallFault.Refused, skip: 1);
        var given = pair.FromAToB;
        given = given with { Source = given.Source with { Host = new OtherVoters(given.Source.Host) } };

        var result = Switch(pair, given);

        (result.Outcome, result.IdentityAt).Should().Be((FailoverOutcome.Indeterminate, IdentityLocation.Source), "{0}", result);
        pair.A.CanVote.Should().BeFalse();
        result.Reason.Should().Contain("unknown whether a votes").And.Contain("has no vote for a slot after");
        result.OperatorActions.Should().Contain(todo => todo.Node == "a" && todo.Reason.Contains("find out why it does not vote"));
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void E1_NothingGoesWrong_EndsWithAProbeThatCostsNoVote(ulong seed)
    {
        var pair = new SimulatedPair(seed);

        var result = Switch(pair, pair.FromAToB);

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        var (promoted, looked) = (result.Steps.Single(step => step.StepCode == FailoverStep.PromoteTarget), result.Steps[^1]);
        looked.StepCode.Should().Be(FailoverStep.SeeTargetVote);
        (looked.EndedAt - promoted.EndedAt).Should().BeGreaterThan(TimeSpan.FromSeconds(3)).And.BeLessThan(TimeSpan.FromSeconds(6));
        pair.Judge.ThrowIfBroken(result);
    }

    private static FailoverResult Switch(SimulatedPair pair, ValidatorPair given) =>
        pair.Run(() => new FailoverCoordinator(new FailoverOptions { MinimumIdle = null }, timeProvider: pair.Time).SwitchoverAsync(given))!;

    private static void ShouldSayWhatToDo(SimulatedPair pair, FailoverResult result)
    {
        if (pair.A.CanVote || pair.B.CanVote)
        {
            return;
        }

        result.Outcome.Should().Be(FailoverOutcome.Indeterminate, "no node votes: {0}", result);
        result.OperatorActions[0].Reason.Should().Contain("RecoverAsync");
    }

    private sealed class AfterPromotion(IValidatorHost inner, Action then) : HostWrapper(inner)
    {
        public override async Task<CallResult> SetIdentityAsync(IdentityRole identity, TowerFile? requiredTower, TimeSpan? within, CancellationToken cancellationToken = default)
        {
            var result = await Inner.SetIdentityAsync(identity, requiredTower, within, cancellationToken);
            if (identity == IdentityRole.Staked)
            {
                then();
            }

            return result;
        }
    }

    private sealed class AtPromotion(IValidatorHost inner, Action meanwhile) : HostWrapper(inner)
    {
        public override Task<CallResult> SetIdentityAsync(IdentityRole identity, TowerFile? requiredTower, TimeSpan? within, CancellationToken cancellationToken = default)
        {
            if (identity == IdentityRole.Staked)
            {
                meanwhile();
            }

            return Inner.SetIdentityAsync(identity, requiredTower, within, cancellationToken);
        }
    }

    private sealed class OtherVoters(IValidatorHost inner) : HostWrapper(inner)
    {
        public override Task<CallResult> AddAuthorizedVotersAsync(CancellationToken cancellationToken = default) => Task.FromResult(CallResult.Done());
    }
}
