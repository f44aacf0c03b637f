using FluentAssertions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Testing.Simulation;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>The first switchover's promotion hangs inside b's validator, so that b is left sealed. The second switchover is refused while arming. After that the first promotion comes through.</summary>
public sealed class SealedTargetTests
{
    private static readonly NodeCall[] CallsOfTheArming =
    [
        NodeCall.TakeUnstakedIdentity, NodeCall.AddAuthorizedVoters, NodeCall.DeliverTower, NodeCall.MoveTowerAside, NodeCall.ReadTower, NodeCall.ShowContactInfo, NodeCall.Inspect, NodeCall.ReadLink,
    ];

    private static readonly CallFault[] Faults = [CallFault.Refused, CallFault.NeverAnswered, CallFault.DoneLate, CallFault.DoneAnswerLost, CallFault.NotDoneAnswerLost];

    [Fact]
    public void H2_RefusedArming_TargetLeftSealed_StaysSealed()
    {
        var (pair, coordinator) = LeftSealed(13);
        pair.Faults.Add(pair.B, NodeCall.TakeUnstakedIdentity, CallFault.NeverAnswered);

        var second = pair.Run(() => coordinator.SwitchoverAsync(pair.FromAToB))!;

        second.Outcome.Should().Be(FailoverOutcome.Refused, "{0}", second);
        pair.B.Process!.HasAuthorizedVoter.Should().BeFalse();
        ShouldKeepOneVoterWhenThePromotionComes(pair);
    }

    [Fact]
    public void H2_TargetGetsItsVotersAndTheAnswerIsLost_IsSealedAgain()
    {
        var (pair, coordinator) = LeftSealed(13);
        pair.Faults.Add(pair.B, NodeCall.AddAuthorizedVoters, CallFault.DoneAnswerLost);

        var second = pair.Run(() => coordinator.SwitchoverAsync(pair.FromAToB))!;

        pair.Faults.Happened.Should().Contain("DoneAnswerLost at AddAuthorizedVoters on b");
        (second.Outcome, second.IdentityAt).Should().Be((FailoverOutcome.Refused, IdentityLocation.Source));
        second.Steps.Should().Contain(step => step.StepCode == FailoverStep.SealOther && step.Result.IsDone);
        pair.B.Process!.HasAuthorizedVoter.Should().BeFalse();
        ShouldKeepOneVoterWhenThePromotionComes(pair);
    }

    /// <summary>Kind 3: after any failed or hanging call of the arming, both nodes are as they were before.</summary>
    [Fact]
    public void H2_AnyCallOfTheArmingFailsOrHangs_NodesAreAsTheyWere()
    {
        var refused = 0;
        foreach (var (call, fault) in CallsOfTheArming.SelectMany(call => Faults.Select(fault => (call, fault))))
        {
            foreach (var (onTarget, skip) in (IEnumerable<(bool, int)>)[(true, 0), (true, 1), (false, 0), (false, 1)])
            {
                var (pair, coordinator) = LeftSealed(21);
                var before = Describe(pair);
                pair.Faults.Add(onTarget ? pair.B : pair.A, call, fault, skip);

                var result = pair.Run(() => coordinator.SwitchoverAsync(pair.FromAToB))!;

                if (result.Outcome == FailoverOutcome.Refused)
                {
                    refused++;
                    pair.Pass(TimeSpan.FromMinutes(1));
                    Describe(pair).Should().Be(before, "{0} at {1} on the {2}, call {3}: {4}", fault, call, onTarget ? "target" : "source", skip + 1, result);
                }
            }
        }

        refused.Should().BeGreaterThan(40, "most of these keep a switchover from beginning");
    }

    private static string Describe(SimulatedPair pair) => string.Join("; ", new[] { pair.A, pair.B }.Select(node =>
        $"{node.Name}: voters {node.Process?.HasAuthorizedVoter}, staked {node.RunsStaked}, link {node.Link}, tower {node.Towers.Current is not null}"));

    private static (SimulatedPair Pair, FailoverCoordinator Coordinator) LeftSealed(ulong seed)
    {
        var pair = new SimulatedPair(seed);
        var coordinator = new FailoverCoordinator(new FailoverOptions { MinimumIdle = null, Journal = new InMemoryFailoverJournal() }, timeProvider: pair.Time);
        pair.Faults.Add(pair.B, NodeCall.TakeStakedIdentity, CallFault.NeverAnswered);
        var first = pair.Run(() => coordinator.SwitchoverAsync(pair.FromAToB))!;
        first.Outcome.Should().Be(FailoverOutcome.RolledBack, "{0}", first);
        pair.B.Process!.HasAuthorizedVoter.Should().BeFalse("its promotion may still come");
        pair.Pass(TimeSpan.FromMinutes(3));
        return (pair, coordinator);
    }

    private static void ShouldKeepOneVoterWhenThePromotionComes(SimulatedPair pair)
    {
        pair.Pass(TimeSpan.FromMinutes(2));
        pair.B.Process!.SetIdentity(pair.B.Staked, requireTower: false, _ => pair.B.Changed());
        pair.Pass(TimeSpan.FromMilliseconds(1500));
        (pair.A.CanVote, pair.B.CanVote).Should().Be((true, false));
        pair.Judge.Broken.Should().BeEmpty();
    }
}
