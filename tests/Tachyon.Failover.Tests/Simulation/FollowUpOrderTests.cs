using FluentAssertions;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Tests.Recovery;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>The operator's follow-ups if the target is gone after the fence.</summary>
public sealed class FollowUpOrderTests
{
    [Fact]
    public void S6_TargetIsGoneAfterTheFence_RecoveryIsTheFirstThingToDoAndEqualLinesAreOne()
    {
        var pair = new SimulatedPair(6);
        var journal = new StoryJournal(FailoverStep.DeliverTower, _ => pair.Coordinator.Partition(pair.B, TimeSpan.FromMinutes(10)));
        var told = new List<FailoverProgress>();

        var result = pair.Run(() => new FailoverCoordinator(new FailoverOptions { MinimumIdle = null, Journal = journal }, timeProvider: pair.Time)
            .SwitchoverAsync(pair.FromAToB, FailoverProgress.To(told.Add)))!;

        result.Outcome.Should().Be(FailoverOutcome.Indeterminate, "{0}", result);
        result.OperatorActions[0].Reason.Should().Contain("can be reached, call RecoverAsync");
        result.OperatorActions.Should().NotContain(todo => todo.Command != null && (todo.Command.Contains("authorized-voter add") || todo.Command.Contains("--require-tower")), "which node may have the vote is not known");

        var looks = result.Steps.Where(step => step.StepCode == FailoverStep.ProbeOther).ToList();
        looks.Sum(look => look.Tries).Should().BeGreaterThan(looks.Count + 2, "it was tried for two minutes");
        looks.MaxBy(look => look.Tries)!.ToString().Should().Contain("tries");
        told.Count(line => line.StepCode == FailoverStep.ProbeOther).Should().BeLessThan(20);
        told.Should().Contain(line => line.StepCode == FailoverStep.ProbeOther && line.Note != null && line.Note.Contains("all with this answer"));
        pair.Judge.CheckClaims(result);
        pair.Judge.Broken.Should().BeEmpty();
    }
}
