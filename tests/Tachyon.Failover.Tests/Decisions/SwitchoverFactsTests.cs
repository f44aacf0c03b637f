using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>What each result tells of the nodes, and what it does not tell: a fact without a ground is how two nodes come to vote.</summary>
public sealed class SwitchoverFactsTests
{
    private static readonly CallResult Refused = CallResult.NotDone(CallFailure.Unrecognized);
    private static readonly CallResult Lost = CallResult.Unknown(CallFailure.ConnectionLost);

    // Two states that differ in every fact, so that no test passes by chance.
    private static readonly RunState[] Befores =
    [
        RunState.Start with { LocksHeld = true },
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
            TargetDemoted = true,
            TargetLink = IdentityRole.Staked,
            FenceMayComeLate = true,
            PromotionWasLost = true,
            Verified = true,
            Tidied = true,
            TargetCleared = true,
            LastProbe = CallResult.Done(),
            VoterIsUnknown = true,
        },
    ];

    public static TheoryData<string> Steps => [.. Enum.GetNames<FailoverStep>()];

    [Theory]
    [MemberData(nameof(Steps))]
    public void After_Done_KnowsWhatItDid(string name)
    {
        var step = Enum.Parse<FailoverStep>(name);
        Befores.Should().NotBeEmpty();
        foreach (var before in Befores)
        {
            Learned(before, step, CallResult.Done()).Should().Be(
                step switch
                {
                    FailoverStep.Preflight => before with { PreflightPassed = true },
                    FailoverStep.AwaitRestartWindow => before with { WindowOpen = true },
                    FailoverStep.Prepare or FailoverStep.TakeLocks => before with { Armed = true, LocksHeld = true },
                    FailoverStep.MoveSourceLink => before with { SourceLink = IdentityRole.Unstaked },
                    FailoverStep.DemoteSource => before with { SourceIdentity = IdentityRole.Unstaked, FenceMayComeLate = false },
                    FailoverStep.SealSource => before with { SourceVoters = false, FinalTowerInHand = true },
                    FailoverStep.ChooseTower => before with { FinalTowerInHand = true },
                    FailoverStep.PromoteTarget => before with { Promotion = CallOutcome.Done, TargetIdentity = IdentityRole.Staked },
                    FailoverStep.UnsealTarget => before with { TargetVoters = true },
                    FailoverStep.MoveTargetLink => before with { TargetLink = IdentityRole.Staked },
                    FailoverStep.Verify => before with { Verified = true, PromotionWasLost = false, VoterIsUnknown = false },
                    FailoverStep.SeeTargetVote => before with { LastProbe = CallResult.Done(), PromotionWasLost = false, VoterIsUnknown = false },
                    FailoverStep.SeeKeeperVote => before with { LastProbe = CallResult.Done(), SourceIdentity = IdentityRole.Staked },
                    FailoverStep.CleanUp => before with { Tidied = true },

                    // Only a look shows what it runs now: it may have taken the identity before.
                    FailoverStep.SealOther => before with { TargetVoters = false, TargetIdentity = null },
                    FailoverStep.DemoteOther => before with { TargetDemoted = true, TargetIdentity = null },
                    FailoverStep.ReturnKeeperVoters => before with { SourceVoters = true },
                    FailoverStep.MoveKeeperLink => before with { SourceLink = IdentityRole.Staked },

                    // A late fence may have come after it.
                    FailoverStep.PromoteKeeper => before with { SourceIdentity = before.FenceMayComeLate ? null : IdentityRole.Staked, FenceMayComeLate = false, LastProbe = null },
                    FailoverStep.MoveOtherTowerAside => before with { TargetCleared = true },
                    FailoverStep.ReleaseLocks => before with { LocksHeld = false },
                    FailoverStep.MoveOtherLink => before with { TargetLink = IdentityRole.Unstaked },

                    // A look that saw nothing.
                    FailoverStep.ProbeOther => before with { TargetIdentity = null },
                    FailoverStep.ProbeKeeper => before with { SourceIdentity = null },
                    _ => before,
                });
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void After_RefusedOrLost_BelievesNothingThatMayBeOtherwise(string name)
    {
        var step = Enum.Parse<FailoverStep>(name);
        Befores.Should().NotBeEmpty();
        foreach (var before in Befores)
        {
            foreach (var result in (CallResult[])[Refused, Lost])
            {
                Learned(before, step, result).Should().Be(
                    step switch
                    {
                        FailoverStep.Preflight => before with { PreflightPassed = false },
                        FailoverStep.AwaitRestartWindow => before with { WindowOpen = false },
                        FailoverStep.Prepare or FailoverStep.TakeLocks => before with { Armed = false, LocksHeld = null },
                        FailoverStep.MoveSourceLink or FailoverStep.MoveKeeperLink => before with { SourceLink = null },
                        FailoverStep.DemoteSource => before with { SourceIdentity = null, FenceMayComeLate = result.Outcome == CallOutcome.Unknown },
                        FailoverStep.SealSource => before with { SourceVoters = null, FinalTowerInHand = false },
                        FailoverStep.ChooseTower => before with { FinalTowerInHand = false },
                        FailoverStep.PromoteTarget => before with { Promotion = result.Outcome, TargetIdentity = null },
                        FailoverStep.MoveTargetLink or FailoverStep.MoveOtherLink => before with { TargetLink = null },
                        FailoverStep.Verify => before with { Verified = false, PromotionWasLost = false, VoterIsUnknown = true },
                        FailoverStep.SeeTargetVote => before with { LastProbe = result, PromotionWasLost = false, VoterIsUnknown = true },
                        FailoverStep.SeeKeeperVote => before with { LastProbe = result, SourceIdentity = null },
                        FailoverStep.CleanUp => before with { Tidied = false },
                        FailoverStep.ProbeOther => before with { TargetIdentity = null },
                        FailoverStep.SealOther => before with { TargetVoters = null },
                        FailoverStep.DemoteOther => before with { TargetDemoted = false, TargetIdentity = null },
                        FailoverStep.ReturnKeeperVoters => before with { SourceVoters = null },
                        FailoverStep.ProbeKeeper => before with { SourceIdentity = null },
                        FailoverStep.PromoteKeeper => before with { SourceIdentity = null, LastProbe = null },
                        FailoverStep.MoveOtherTowerAside => before with { TargetCleared = false },
                        FailoverStep.ReleaseLocks => before with { LocksHeld = null },
                        _ => before,
                    });
            }
        }
    }

    [Fact]
    public void After_AStepOfARecovery_IsKnownOfTheOtherNode()
    {
        var before = RunState.StartOfRecovery with { Recovery = new RecoveryState { Keeper = NodeSide.Source } };
        var after = before with { Recovery = new RecoveryState { Keeper = NodeSide.Source, OtherIsDown = true, OtherWasStopped = true, OtherVotersReturned = true } };

        Learned(before, FailoverStep.StopOther, CallResult.Done()).Recovery.Should().Be(new RecoveryState { Keeper = NodeSide.Source, OtherIsDown = true, OtherWasStopped = true });
        Learned(before, FailoverStep.StopOther, Refused).Recovery.Should().Be(before.Recovery);
        Learned(after, FailoverStep.StopOther, Lost).Recovery.Should().Be(after.Recovery, "what was stopped stays stopped");
        Learned(before, FailoverStep.ReturnOtherVoters, CallResult.Done()).Recovery.Should().Be(new RecoveryState { Keeper = NodeSide.Source, OtherVotersReturned = true });
        Learned(after, FailoverStep.ReturnOtherVoters, Lost).Recovery!.OtherVotersReturned.Should().BeFalse();
    }

    [Fact]
    public void After_AStepOfATakeover_IsKnownOfTheLostNode()
    {
        var before = RunState.StartOfTakeover(new TakeoverFacts { MinimumGrade = EvidenceGrade.Fenced });
        var after = RunState.StartOfTakeover(new TakeoverFacts { MinimumGrade = EvidenceGrade.Fenced, SourceIsDown = true });

        Learned(before, FailoverStep.StopSource, CallResult.Done()).SourceIsDown.Should().BeTrue();
        Learned(before, FailoverStep.StopSource, Lost).SourceIsDown.Should().BeFalse();
        Learned(after, FailoverStep.StopSource, Refused).SourceIsDown.Should().BeFalse();
        Learned(after, FailoverStep.MoveSourceLink, CallResult.Done()).SourceIsDown.Should().BeTrue("no other step starts it");
        RunState.Start.SourceIsDown.Should().BeFalse();
    }

    [Theory]
    [InlineData(IdentityRole.Staked)]
    [InlineData(IdentityRole.Unstaked)]
    public void After_AProbe_KnowsWhatItSaw(IdentityRole seen)
    {
        Seen(FailoverStep.ProbeOther).TargetIdentity.Should().Be(seen);
        Seen(FailoverStep.ProbeKeeper).SourceIdentity.Should().Be(seen);
        Seen(FailoverStep.ProbeKeeper, RunState.Start with { LastProbe = Refused }).LastProbe.Should().BeNull("what it runs is known again: its vote is looked for once more");
        Seen(FailoverStep.SeeTargetVote).PromotionWasLost.Should().Be(seen == IdentityRole.Unstaked);
        Seen(FailoverStep.Verify).PromotionWasLost.Should().Be(seen == IdentityRole.Unstaked, "the target was promoted, and something has demoted it since");

        RunState Seen(FailoverStep step, RunState? before = null) => (before ?? RunState.Start).After(new StepObservation(step, CallResult.Done(), seen));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void After_NeverSent_SaysNothing(string name) =>
        RunState.Start.After(new StepObservation(Enum.Parse<FailoverStep>(name), CallResult.NotDone(CallFailure.Skipped))).Should().BeSameAs(RunState.Start);

    [Fact]
    public void WasRefused_OfWhatWasNotDone_OnlyIfTheNodeItselfSaidNo()
    {
        var failures = Enum.GetValues<CallFailure>().Where(failure => !new StepObservation(FailoverStep.SealSource, CallResult.NotDone(failure)).WasRefused);

        failures.Should().BeEquivalentTo([CallFailure.Unreachable, CallFailure.LockHeld, CallFailure.Skipped, CallFailure.TowerMismatch, CallFailure.Expired]);
        new StepObservation(FailoverStep.SealSource, Lost).WasRefused.Should().BeFalse();
    }

    [Fact]
    public void After_RefusedByANodeThatCouldBeReached_CountsAgainstTheStepAlone()
    {
        var state = RunState.Start;
        foreach (var result in (CallResult[])[Refused, CallResult.Done(), Lost, Refused, .. Unasked])
        {
            state = state.After(new StepObservation(FailoverStep.MoveKeeperLink, result)).After(new StepObservation(FailoverStep.ReturnKeeperVoters, CallResult.Done()));
        }

        state.Refusals.Should().BeEquivalentTo(new Dictionary<FailoverStep, int> { [FailoverStep.MoveKeeperLink] = 2, [FailoverStep.ReturnKeeperVoters] = 0 });
        state.Tried.Should().BeEquivalentTo([FailoverStep.MoveKeeperLink, FailoverStep.ReturnKeeperVoters]);
    }

    [Fact]
    public void After_TheLockIsLost_NeverHasItAgain() =>
        RunState.Start
            .After(new StepObservation(FailoverStep.SealSource, CallResult.NotDone(CallFailure.LockLost)))
            .After(new StepObservation(FailoverStep.ReleaseLocks, CallResult.Done()))
            .LockWasLost.Should().BeTrue("another coordinator has been there meanwhile");

    [Fact]
    public void After_NotDone_TheFirstSetbackStays()
    {
        var first = new StepObservation(FailoverStep.DemoteSource, Lost);

        var state = RunState.Start
            .After(new StepObservation(FailoverStep.AwaitLastVote, Lost)).After(new StepObservation(FailoverStep.Prepare, CallResult.Done()))
            .After(first).After(new StepObservation(FailoverStep.SealSource, Refused));

        state.FirstFailure.Should().BeSameAs(first, "whether the last vote was seen is a matter of speed, and what follows a setback is its consequence");
    }

    [Fact]
    public void Abandoned_AfterASetback_TellsTheSetbackAndOfARecoveryThatItWasGivenUp()
    {
        var setback = new StepObservation(FailoverStep.DemoteSource, Lost);
        var given = CallResult.NotDone(CallFailure.Canceled);

        RunState.Start.Abandoned(FailoverStep.SealSource, given).FirstFailure.Should().Be(new StepObservation(FailoverStep.SealSource, given));
        (RunState.Start with { FirstFailure = setback }).Abandoned(FailoverStep.SealSource, given).FirstFailure.Should().BeSameAs(setback);
        (RunState.StartOfRecovery with { FirstFailure = setback }).Abandoned(FailoverStep.SealSource, given).FirstFailure.Should().Be(new StepObservation(FailoverStep.SealSource, given));
    }

    [Theory]
    [InlineData(2000, false)]
    [InlineData(2001, true)]
    public void HasOldProbe_OneThatWasDone_IsOldAfterTwoSeconds(int milliseconds, bool isOld)
    {
        var age = TimeSpan.FromMilliseconds(milliseconds);

        (RunState.Start with { LastProbe = CallResult.Done() }).HasOldProbe(age).Should().Be(isOld);
        (RunState.Start with { LastProbe = Lost }).HasOldProbe(age).Should().BeFalse("it says nothing that could have changed");
        RunState.Start.HasOldProbe(age).Should().BeFalse("there was none");
    }

    /// <summary>The steps that no node has refused.</summary>
    private static IEnumerable<CallResult> Unasked =>
        ((CallFailure[])[CallFailure.Unreachable, CallFailure.LockHeld, CallFailure.TowerMismatch]).Select(failure => CallResult.NotDone(failure));

    private static RunState Learned(RunState before, FailoverStep step, CallResult result) =>
        before.After(new StepObservation(step, result)) with { Tried = before.Tried, Failed = before.Failed, Refusals = before.Refusals, FirstFailure = before.FirstFailure };
}
