using System.Collections.Immutable;
using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The next step after a failure before the promotion is known to be done, from states in the middle.</summary>
public sealed class SwitchoverWayBackTests
{
    private static readonly CallResult Lost = CallResult.Unknown(CallFailure.ConnectionLost);

    /// <summary>Everything is given back, and the delivered files are removed.</summary>
    private static readonly RunState Restored = RunState.Start with
    {
        PreflightPassed = true,
        WindowOpen = true,
        Armed = true,
        TargetCleared = true,
        FirstFailure = new StepObservation(FailoverStep.SealSource, Lost),
        Tried = [FailoverStep.ProbeOther],
        LastProbe = CallResult.Done(),
    };

    private static readonly RunState Taken = Restored with { SourceVoters = false, SourceLink = IdentityRole.Unstaked, SourceIdentity = IdentityRole.Unstaked, TargetCleared = false };

    private static readonly RunState PromotionLost = Taken with { Promotion = CallOutcome.Unknown, TargetIdentity = IdentityRole.Unstaked };

    [Fact]
    public void Next_NothingWasSentToTheTarget_ProbesItOnceBeforeTheSourceMayVote()
    {
        Next(Taken with { Tried = [] }).Should().Equal(FailoverStep.ProbeOther);
        Next(Taken).Should().Equal(FailoverStep.ReturnKeeperVoters);
        Next(Restored with { Armed = false, Tried = [] }).Should().BeEmpty("nothing was changed before the arming");
    }

    [Fact]
    public void Next_APromotionMayComeLate_SealsProbesAndDemotesBeforeTheSourceMayVote()
    {
        Next(PromotionLost with { TargetIdentity = null }).Should().Equal(FailoverStep.ProbeOther);
        Next(PromotionLost).Should().Equal(FailoverStep.SealOther);
        Next(PromotionLost with { TargetVoters = null }).Should().Equal(FailoverStep.SealOther);
        Next(PromotionLost with { TargetVoters = false }).Should().Equal(FailoverStep.DemoteOther);
        Next(PromotionLost with { TargetVoters = false, TargetDemoted = true }).Should().Equal(FailoverStep.ReturnKeeperVoters);
        Next(PromotionLost with { Promotion = CallOutcome.NotDone }).Should().Equal(FailoverStep.ReturnKeeperVoters);
    }

    [Fact]
    public void Next_TheTargetIsRuledOut_GivesBackWhatWasTaken()
    {
        foreach (var voters in (bool?[])[false, null])
        {
            Next(Taken with { SourceVoters = voters }).Should().Equal(FailoverStep.ReturnKeeperVoters);
        }

        foreach (var link in (IdentityRole?[])[IdentityRole.Unstaked, null])
        {
            Next(Taken with { SourceVoters = true, SourceLink = link }).Should().Equal(FailoverStep.MoveKeeperLink);
        }

        Next(Restored with { FenceMayComeLate = true }).Should().Equal([FailoverStep.PromoteKeeper], "a late fence would take it away again");
        Next(Restored with { SourceIdentity = null }).Should().Equal([FailoverStep.ProbeKeeper], "what it runs is not known");
        Next(Restored with { SourceIdentity = IdentityRole.Unstaked }).Should().Equal(FailoverStep.PromoteKeeper);
        Next(Restored with { TargetCleared = false }).Should().Equal(FailoverStep.MoveOtherTowerAside);
        Next(Restored with { LocksHeld = true, LastProbe = null }).Should().Equal([FailoverStep.SeeKeeperVote], "the locks are kept until the source is seen to vote");
        Next(Restored with { LocksHeld = true }).Should().Equal(FailoverStep.ReleaseLocks);
        Next(Restored with { LocksHeld = null }).Should().Equal(FailoverStep.ReleaseLocks);
        SwitchoverProtocol.Next(Restored).End.Should().Be(FailoverOutcome.RolledBack);
    }

    [Theory]
    [InlineData(nameof(FailoverStep.ReturnKeeperVoters))]
    [InlineData(nameof(FailoverStep.MoveKeeperLink))]
    [InlineData(nameof(FailoverStep.ProbeKeeper))]
    [InlineData(nameof(FailoverStep.PromoteKeeper))]
    public void Next_SomethingCannotBeGivenBack_DoesNotStandBeforeTheOthersAndIsNotCalledUndone(string name)
    {
        var step = Enum.Parse<FailoverStep>(name);
        var due = Restored with
        {
            SourceVoters = step != FailoverStep.ReturnKeeperVoters,
            SourceLink = step == FailoverStep.MoveKeeperLink ? IdentityRole.Unstaked : IdentityRole.Staked,
            SourceIdentity = step == FailoverStep.ProbeKeeper ? null : step == FailoverStep.PromoteKeeper ? IdentityRole.Unstaked : IdentityRole.Staked,
            TargetCleared = false,
        };
        var given = due with { Refusals = due.Refusals.SetItem(step, 3) };

        Next(due with { Refusals = due.Refusals.SetItem(step, 2), Tried = due.Tried.Add(step) }).Should().Equal([step], "the locks are held, and there is time");
        SwitchoverProtocol.Next(given).End.Should().Be(FailoverOutcome.Indeterminate);
        if (step != FailoverStep.PromoteKeeper)
        {
            Next(given with { FenceMayComeLate = true }).Should().Equal(FailoverStep.PromoteKeeper);
        }
    }

    [Fact]
    public void H5_SourceWasGivenBackAllAndNoVoteOfItWasSeen_IsNotCalledUndone()
    {
        foreach (var result in (CallResult[])[CallResult.NotDone(CallFailure.TimedOut), Lost])
        {
            Next(Restored with { LocksHeld = true, LastProbe = result }).Should().Equal(FailoverStep.ReleaseLocks);
            SwitchoverProtocol.Next(Restored with { LastProbe = result }).End.Should().Be(FailoverOutcome.Indeterminate);
        }
    }

    [Fact]
    public void H5_LastProbeFindsTheSourceWithoutTheIdentity_GivesItBackAndProbesAgain()
    {
        var state = (Restored with { LastProbe = null }).After(new StepObservation(FailoverStep.SeeKeeperVote, CallResult.NotDone(CallFailure.Refused), IdentityRole.Unstaked));

        Next(state).Should().Equal(FailoverStep.PromoteKeeper);
        Next(state.After(new StepObservation(FailoverStep.PromoteKeeper, CallResult.Done()))).Should().Equal(FailoverStep.SeeKeeperVote);
    }

    [Fact]
    public void H5_LastProbeFindsNothing_ProbesWhichIdentityTheSourceRuns()
    {
        var state = (Restored with { LastProbe = null }).After(new StepObservation(FailoverStep.SeeKeeperVote, CallResult.NotDone(CallFailure.TimedOut)));

        Next(state).Should().Equal(FailoverStep.ProbeKeeper);
        state.Location.Should().Be(IdentityLocation.Unknown);
        Next(state.After(new StepObservation(FailoverStep.ProbeKeeper, CallResult.Done(), IdentityRole.Staked))).Should().Equal(FailoverStep.SeeKeeperVote);
        SwitchoverProtocol.Next(state with { OutOfTime = true }).End.Should().Be(FailoverOutcome.Indeterminate);
    }

    [Fact]
    public void Next_ALateFenceCannotBeOvertaken_IsNotCalledUndone() =>
        SwitchoverProtocol.Next(Restored with { FenceMayComeLate = true, Refusals = Restored.Refusals.SetItem(FailoverStep.PromoteKeeper, 3) })
            .End.Should().Be(FailoverOutcome.Indeterminate);

    [Fact]
    public void Next_TheTimeIsUp_LeavesItToAPersonUnlessAllIsGivenBack()
    {
        SwitchoverProtocol.Next(Taken with { OutOfTime = true }).End.Should().Be(FailoverOutcome.Indeterminate);
        SwitchoverProtocol.Next(PromotionLost with { OutOfTime = true }).End.Should().Be(FailoverOutcome.Indeterminate);
        Next(Restored with { OutOfTime = true, TargetCleared = false }).Should().Equal([FailoverStep.MoveOtherTowerAside], "it has not been tried");
        SwitchoverProtocol.Next(Restored with { OutOfTime = true }).End.Should().Be(FailoverOutcome.RolledBack);
    }

    [Theory]
    [InlineData(nameof(FailoverStep.MoveOtherTowerAside))]
    [InlineData(nameof(FailoverStep.ReleaseLocks))]
    public void Next_TidyingUpIsRefused_IsUndoneAllTheSame(string name)
    {
        var step = Enum.Parse<FailoverStep>(name);
        var due = Restored with { TargetCleared = step != FailoverStep.MoveOtherTowerAside, LocksHeld = step == FailoverStep.ReleaseLocks };

        Next(due with { Refusals = due.Refusals.SetItem(step, 2), Tried = due.Tried.Add(step) }).Should().Equal(step);
        SwitchoverProtocol.Next(due with { Refusals = due.Refusals.SetItem(step, 3) }).End.Should().Be(FailoverOutcome.RolledBack);
        SwitchoverProtocol.Next(due with { OutOfTime = true, Tried = due.Tried.Add(step) }).End.Should().Be(FailoverOutcome.RolledBack);
    }

    [Fact]
    public void Next_TheLocksWereNotHad_ClearsNothingAwayAndRefuses() =>
        SwitchoverProtocol.Next(Restored with { Armed = false, TargetCleared = false, FirstFailure = new StepObservation(FailoverStep.Prepare, Lost) })
            .End.Should().Be(FailoverOutcome.Refused, "what lies on the target is another coordinator's");

    [Theory]
    [InlineData(nameof(FailoverStep.Preflight))]
    [InlineData(nameof(FailoverStep.AwaitRestartWindow))]
    public void Next_ACheckSaysNo_Refuses(string name) =>
        SwitchoverProtocol.Next(RunState.Start with { LocksHeld = null, FirstFailure = new StepObservation(Enum.Parse<FailoverStep>(name), Lost) }).End.Should().Be(FailoverOutcome.Refused);

    private static ImmutableArray<FailoverStep> Next(RunState state) => SwitchoverProtocol.Next(state).Leg;
}
