using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>What a look tells a recovery, what it remembers of its own steps, and when it looks again.</summary>
public sealed class RecoveryFactsTests
{
    private static readonly NodeFacts Inactive = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Unstaked, Link = IdentityRole.Unstaked, HasTower = true };
    private static readonly NodeFacts Active = new() { Condition = NodeCondition.Running, Identity = IdentityRole.Staked, Link = IdentityRole.Staked, HasTower = true, SavesTowers = true };
    private static readonly NodeFacts Silent = Active with { SavesTowers = false };
    private static readonly NodeFacts Down = new() { Condition = NodeCondition.NotRunning, Link = IdentityRole.Unstaked };

    public static TheoryData<NodeSide> Sides => [.. Enum.GetValues<NodeSide>()];

    [Theory]
    [MemberData(nameof(Sides))]
    public void After_AProbe_TakesTheKeeperForTheSourceAndTheOtherForTheTarget(NodeSide keeper)
    {
        var facts = Pair(keeper, Active with { Link = null }, Inactive);

        var state = Probe(RunState.StartOfRecovery with { FenceMayComeLate = true, TargetCleared = true, Recovery = new RecoveryState { OtherIsDown = true, OtherMayTakeIdentity = true, OtherStaysSealed = true } }, facts);

        state.Should().BeEquivalentTo(new
        {
            Keeper = keeper,
            IsTurned = keeper == NodeSide.Target,
            Verdict = PairVerdict.Of(facts),
            SourceIdentity = IdentityRole.Staked,
            SourceLink = (IdentityRole?)null,
            FenceMayComeLate = false,
            TargetIdentity = IdentityRole.Unstaked,
            TargetLink = IdentityRole.Unstaked,
            TargetIsDown = false,
            Recovery = new { OtherMayTakeIdentity = false, OtherStaysSealed = false },
            TargetCleared = false,
        });
    }

    [Fact]
    public void After_AProbe_KnowsOfTheOtherWhatTheProbeSays()
    {
        Probe(Pair(NodeSide.Source, Active, Inactive with { MayTakeIdentity = true })).Recovery!.OtherMayTakeIdentity.Should().BeTrue();
        Probe(Pair(NodeSide.Source, Active, Inactive with { WasLeftSealed = true })).Recovery!.OtherStaysSealed.Should().BeTrue();
        Probe(Pair(NodeSide.Source, Active, Inactive with { HasTower = false })).TargetCleared.Should().BeTrue();
        Probe(Pair(NodeSide.Source, Active, Inactive with { HasTower = null })).TargetCleared.Should().BeFalse("it is not known");
        Probe(Pair(NodeSide.Source, Active, Down)).Should().BeEquivalentTo(new { TargetIsDown = true, TargetIdentity = (IdentityRole?)null });
    }

    [Fact]
    public void After_AProbeThatTellsNoKeeper_BelievesNothingElseAnew()
    {
        var before = Probe(Pair(NodeSide.Source, Active, Inactive));
        var facts = new PairFacts { Source = Inactive, Target = Down, Newest = NewestTower.None };

        var after = Probe(before, facts);

        after.Should().Be(before with { Recovery = before.Recovery! with { Verdict = PairVerdict.Of(facts) }, Refusals = after.Refusals, Tried = after.Tried, Failed = after.Failed });
    }

    [Fact]
    public void After_AProbeThatSawNothing_ForgetsTheVerdict() =>
        Probe(Pair(NodeSide.Source, Active, Inactive)).After(new StepObservation(FailoverStep.Diagnose, CallResult.Done())).Verdict.Should().BeNull();

    [Fact]
    public void After_AProbe_AnyDoubtOfTheOtherIsAnOpenPromotion()
    {
        Probe(Pair(NodeSide.Source, Active, Inactive)).Promotion.Should().BeNull("the keeper never lost the identity");
        Probe(Pair(NodeSide.Source, Silent, Inactive)).Promotion.Should().BeNull();
        Probe(Pair(NodeSide.Source, Active, Silent)).Promotion.Should().Be(CallOutcome.Unknown, "the other runs the identity");
        Probe(Pair(NodeSide.Source, Active, Inactive with { MayTakeIdentity = true })).Promotion.Should().Be(CallOutcome.Unknown);
        Probe(Pair(NodeSide.Source, Inactive, Inactive)).Promotion.Should().Be(CallOutcome.Unknown, "it is unknown why the keeper lost it");
        Probe(Probe(Pair(NodeSide.Source, Active, Silent)), Pair(NodeSide.Source, Active, Inactive)).Promotion.Should().BeNull("what the look shows replaces what was believed");
    }

    [Fact]
    public void After_AProbe_TheKeeperHasItsVotersIfItVotesOrGotThemFromThisRun()
    {
        var given = Probe(Pair(NodeSide.Source, Silent, Inactive)) with { SourceVoters = true };

        Probe(Pair(NodeSide.Source, Active, Inactive)).SourceVoters.Should().BeTrue("it votes");
        Probe(Pair(NodeSide.Source, Silent, Inactive)).SourceVoters.Should().BeNull("it may be sealed");
        Probe(given, Pair(NodeSide.Source, Silent, Inactive)).SourceVoters.Should().BeTrue();
        Probe(given with { SourceVoters = false }, Pair(NodeSide.Source, Silent, Inactive)).SourceVoters.Should().BeNull();
        Probe(given, Pair(NodeSide.Source, Inactive, Inactive)).SourceVoters.Should().BeNull("it was started again since");
        Probe(given, Pair(NodeSide.Target, Silent, Inactive)).SourceVoters.Should().BeNull("that was the other node");
    }

    [Fact]
    public void After_AProbe_TheOtherIsSealedAndDemotedOnlyIfThisRunDidIt()
    {
        var demoted = Probe(Pair(NodeSide.Source, Active, Silent)) with { TargetVoters = false, TargetDemoted = true };

        Probe(demoted, Pair(NodeSide.Source, Active, Inactive)).Should().BeEquivalentTo(new { TargetVoters = false, TargetDemoted = true });
        Probe(demoted with { TargetDemoted = false }, Pair(NodeSide.Source, Active, Inactive)).Should().BeEquivalentTo(new { TargetVoters = false, TargetDemoted = false });
        Probe(demoted with { TargetVoters = null }, Pair(NodeSide.Source, Active, Inactive)).Should().BeEquivalentTo(new { TargetVoters = (bool?)null, TargetDemoted = false });
        Probe(demoted with { TargetVoters = true }, Pair(NodeSide.Source, Active, Inactive)).Should().BeEquivalentTo(new { TargetVoters = (bool?)null, TargetDemoted = false });
        Probe(demoted, Pair(NodeSide.Target, Active, Inactive)).Should().BeEquivalentTo(new { TargetVoters = (bool?)null, TargetDemoted = false }, "that was the other node");
    }

    [Fact]
    public void After_AStepOfARecoveryIsNotDone_ProbesAgainUnlessItIsALockOrAProbe()
    {
        var state = Probe(Pair(NodeSide.Source, Active, Silent));
        foreach (var step in Enum.GetValues<FailoverStep>().Except([FailoverStep.Diagnose]))
        {
            var isLock = step is FailoverStep.TakeLocks or FailoverStep.ReleaseLocks;

            state.After(new StepObservation(step, CallResult.NotDone(CallFailure.Unrecognized))).Verdict.Should().Be(isLock ? state.Verdict : null, "{0} was not done", step);
            state.After(new StepObservation(step, CallResult.Done())).Verdict.Should().Be(step == FailoverStep.MoveKeeperLink ? null : state.Verdict, "{0} was done", step);
        }
    }

    [Fact]
    public void After_AProbeThatFailedButSaw_GoesByWhatItSaw() =>
        RunState.StartOfRecovery.After(new StepObservation(FailoverStep.Diagnose, CallResult.NotDone(CallFailure.Unreachable), Pair: Pair(NodeSide.Source, Active, Inactive)))
            .Verdict!.Keeper.Should().Be(NodeSide.Source);

    [Fact]
    public void After_TheOtherHasTakenTheIdentitySince_ProbesAgain()
    {
        ProbeOther(Pair(NodeSide.Source, Active, Inactive), IdentityRole.Staked).Verdict.Should().BeNull();
        ProbeOther(Pair(NodeSide.Source, Active, Silent), IdentityRole.Staked).Verdict.Should().NotBeNull("it is what was seen before");
    }

    [Fact]
    public void After_TheOtherIsSilencedNow_ProbesAgainIfItMayHaveVotedBeforeThat()
    {
        var silenced = RunState.StartOfRecovery with { Recovery = new RecoveryState { Keeper = NodeSide.Source }, TargetVoters = false, TargetDemoted = true };

        ProbeOther(silenced, Pair(NodeSide.Source, Silent, Silent), IdentityRole.Unstaked).Verdict.Should().BeNull("its tower tells what it voted for");
        ProbeOther(silenced, Pair(NodeSide.Source, Active, Silent), IdentityRole.Unstaked).Verdict.Should().NotBeNull("who votes keeps it");
        ProbeOther(silenced with { TargetDemoted = false }, Pair(NodeSide.Source, Silent, Silent), IdentityRole.Unstaked).Verdict.Should().NotBeNull("it is not silenced for good");
        ProbeOther(Pair(NodeSide.Source, Silent, Inactive), IdentityRole.Unstaked).Verdict.Should().NotBeNull("there was no doubt of it");
    }

    private static PairFacts Pair(NodeSide keeper, NodeFacts kept, NodeFacts other) => keeper == NodeSide.Source
        ? new PairFacts { Source = kept, Target = other, Newest = NewestTower.Source }
        : new PairFacts { Source = other, Target = kept, Newest = NewestTower.Target };

    private static RunState Probe(PairFacts facts) => Probe(RunState.StartOfRecovery, facts);

    private static RunState Probe(RunState state, PairFacts facts) => state.After(new StepObservation(FailoverStep.Diagnose, CallResult.Done(), Pair: facts));

    private static RunState ProbeOther(PairFacts facts, IdentityRole seen) => ProbeOther(RunState.StartOfRecovery, facts, seen);

    private static RunState ProbeOther(RunState state, PairFacts facts, IdentityRole seen) =>
        Probe(state, facts).After(new StepObservation(FailoverStep.ProbeOther, CallResult.Done(), seen));
}
