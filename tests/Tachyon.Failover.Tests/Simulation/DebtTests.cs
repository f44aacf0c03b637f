using FluentAssertions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Testing.Simulation;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>What a takeover leaves to do on the lost node, and that no later run forgets it.</summary>
public sealed class DebtTests
{
    private static readonly TakeoverPolicy Asserted = new() { MinimumGrade = EvidenceGrade.Asserted, OperatorStatement = "its machine is off" };

    /// <summary>The lost node fetches nothing at its start. Otherwise its start would end the target before any settlement (H1, WorldRulesTests), which is not about the debt.</summary>
    private readonly SimulatedPair _pair = new(new SimulatedPairOptions { Seed = 11, World = new WorldRules { AnnouncesAtBootstrap = false } });

    private readonly FailoverCoordinator _coordinator;

    public DebtTests() => _coordinator = new FailoverCoordinator(new FailoverOptions { Journal = _pair.Journal, MinimumIdle = null }, timeProvider: _pair.Time);

    private IReadOnlyList<FailoverNote> Debt => _pair.Run(() => _coordinator.GetPendingDemotionsAsync(_pair.FromAToB))!;

    [Fact]
    public void GetPendingDemotionsAsync_NothingHappenedYet_IsEmpty() => Debt.Should().BeEmpty();

    [Fact]
    public void TakeoverAsync_NodeIsDown_OwesUntilItIsSettled()
    {
        TakeOverFromADeadNode();

        Debt.Should().ContainSingle().Which.Text.Should().StartWith($"{_pair.A.Name} is not known to be an inactive node since the takeover ");
        _pair.Run(() => _coordinator.CompleteDemotionAsync(_pair.FromAToB))!.PendingDemotions.Should().NotBeEmpty("it is down");
        Debt.Should().NotBeEmpty();

        _pair.Pass(TimeSpan.FromMinutes(12));
        var settled = _pair.Run(() => _coordinator.CompleteDemotionAsync(_pair.FromAToB))!;

        settled.PendingDemotions.Should().BeEmpty(settled.ToString());
        Debt.Should().BeEmpty();
        _pair.A.Link.Should().Be(IdentityRole.Unstaked);
        _pair.A.RunsStaked.Should().BeFalse();
        _pair.B.RunsStaked.Should().BeTrue();
    }

    /// <summary>By a second program, or by an operator in a hurry. It is refused, since the target has the identity. The refusal tells nothing of the debt.</summary>
    [Fact]
    public void TakeoverAsync_OnceMoreAndRefused_TheDebtStands()
    {
        TakeOverFromADeadNode();

        var again = _pair.Run(() => _coordinator.TakeoverAsync(_pair.FromAToB, Asserted))!;

        again.Outcome.Should().Be(FailoverOutcome.Refused);
        Debt.Should().NotBeEmpty();
    }

    [Fact]
    public void SwitchoverAsync_BackOntoTheNodeThatIsOwed_IsRefused()
    {
        TakeOverFromADeadNode();
        _pair.Pass(TimeSpan.FromMinutes(12));

        _pair.Run(() => _coordinator.SwitchoverAsync(_pair.FromBToA))!.Outcome.Should().Be(FailoverOutcome.Refused);
    }

    /// <summary>The journal's record of an old takeover from b to a. Now b looks like a good inactive node, and has another name.</summary>
    [Fact]
    public void C3_NodeThatIsOwedWasRenamed_NoSwitchoverOntoIt()
    {
        OwedOnB();
        var pair = _pair.FromAToB;

        var result = _pair.Run(() => _coordinator.SwitchoverAsync(pair with { Target = pair.Target with { Name = "berlin" } }))!;

        result.Outcome.Should().Be(FailoverOutcome.Refused, result.ToString());
        result.Reason.Should().Contain("berlin");
        result.Preflight.Findings.Should().Contain(finding => finding.Node == "berlin" && finding.Remedy!.Contains("CompleteDemotionAsync", StringComparison.Ordinal));
        _pair.A.RunsStaked.Should().BeTrue();
    }

    /// <summary>It is read as a settlement would read it: a node that is seen as inactive may take over, and as the active one it owes nothing.</summary>
    [Fact]
    public void H10_TakeoverOntoANodeThatIsOwed_SettlesItByItsPromotion()
    {
        OwedOnB();
        Debt.Should().ContainSingle().Which.Text.Should().StartWith("b ");

        var result = _pair.Run(() => _coordinator.TakeoverAsync(_pair.FromAToB))!;

        result.Outcome.Should().Be(FailoverOutcome.Completed, result.ToString());
        result.PendingDemotions.Should().BeEmpty();
        Debt.Should().BeEmpty();
    }

    [Fact]
    public void E4_TakeoverWithAJournalInMemory_IsRefusedWithTheRemedy()
    {
        var result = _pair.Run(() => new FailoverCoordinator(timeProvider: _pair.Time).TakeoverAsync(_pair.FromAToB, Asserted))!;

        result.Outcome.Should().Be(FailoverOutcome.Refused, result.ToString());
        result.Reason.Should().Contain("FailoverOptions.Journal").And.Contain("FileFailoverJournal");
        _pair.A.RunsStaked.Should().BeTrue();
        _pair.A.Link.Should().Be(IdentityRole.Staked);
    }

    [Fact]
    public async Task C3_NodesOfOneNameOrOneNodeTwice_EveryVerbRefusesBeforeAnythingIsAsked()
    {
        var pair = _pair.FromAToB;
        foreach (var (wrong, why) in new[]
        {
            (pair with { Target = pair.Target with { Name = pair.Source.Name } }, "*both called*name of its own*"),
            (pair with { Target = pair.Source with { Name = "another" } }, "*one node*"),
        })
        {
            foreach (var verb in new Func<FailoverCoordinator, Task>[]
            {
                one => one.PreflightAsync(wrong), one => one.DryRunAsync(wrong), one => one.SwitchoverAsync(wrong), one => one.TakeoverAsync(wrong), one => one.AssessEvidenceAsync(wrong),
                one => one.DiagnoseAsync(wrong), one => one.RecoverAsync(wrong), one => one.CompleteDemotionAsync(wrong), one => one.GetPendingDemotionsAsync(wrong),
            })
            {
                await _coordinator.Awaiting(verb).Should().ThrowAsync<InvalidSettingsException>().WithMessage(why);
            }

            ((Func<ValidatorMonitor>)(() => new ValidatorMonitor(wrong))).Should().Throw<InvalidSettingsException>().WithMessage(why);
        }
    }

    [Fact]
    public async Task TakeoverAsync_WatchOfAnotherPairOrByOtherRules_IsRefusedBeforeAnythingIsAsked()
    {
        await using var reversed = new ValidatorMonitor(_pair.FromBToA, timeProvider: _pair.Time);
        await using var other = new ValidatorMonitor(_pair.FromAToB, new MonitorOptions { Rules = new DetectionRules { LostSlots = 60 } }, timeProvider: _pair.Time);

        await _coordinator.Awaiting(coordinator => coordinator.TakeoverAsync(_pair.FromAToB, watch: reversed)).Should().ThrowAsync<InvalidSettingsException>().WithMessage("*monitor is one of*");
        await _coordinator.Awaiting(coordinator => coordinator.TakeoverAsync(_pair.FromAToB, watch: other)).Should().ThrowAsync<InvalidSettingsException>().WithMessage("*other rules*");
    }

    private void OwedOnB() => _pair.Run(async () =>
    {
        var began = new JournalEntry { At = _pair.Time.GetUtcNow(), RunId = RunId.Parse("old"), Event = JournalEvent.Begun, Kind = RunKind.Takeover, StakedIdentity = _pair.FromAToB.StakedIdentity.ToString(), Source = "b", Target = "a" };
        await _pair.Journal.AppendEntriesAsync(
        [
            began,
            began with { Event = JournalEvent.Intent, Kind = null, Step = "PromoteTarget" },
            began with { Event = JournalEvent.Done, Kind = null, Step = "PromoteTarget" },
            began with { Event = JournalEvent.Ended, Kind = null, Outcome = FailoverOutcome.Completed, IdentityAt = IdentityLocation.Target },
        ]);
        return "";
    });

    private void TakeOverFromADeadNode()
    {
        _pair.Pass(TimeSpan.FromSeconds(20));
        _pair.A.Crash(TimeSpan.FromMinutes(10));
        _pair.Pass(TimeSpan.FromSeconds(20));
        var policy = Asserted.With(static it => it.Tower = TakeoverTower.FromChain);
        var result = _pair.Run(() => _coordinator.TakeoverAsync(_pair.FromAToB, policy))!;
        result.Outcome.Should().Be(FailoverOutcome.Completed, result.ToString());
        result.PendingDemotions.Should().NotBeEmpty();
    }
}
