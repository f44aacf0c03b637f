using System.Text.Json;
using FluentAssertions;
using Tachyon.Failover.Cli;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Tests.Recovery;
using Xunit;

namespace Tachyon.Failover.Tests.Cli;

/// <summary>Every exit code as an operator gets it: the real program and the real coordinator with a simulated pair, in virtual time.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private static readonly string[] ToB = ["switchover", "--to", "b", "--yes"];

    private readonly CliScene _person = new() { CanAsk = true };
    private readonly RecoveryScene _world = new();
    private readonly IFailoverJournal _journal = new StoryJournal(FailoverStep.ReturnOtherVoters, static _ => { });

    [Fact]
    public void Switchover_AllWell_IsDone()
    {
        Run(ToB).Should().Be(ExitCode.Done, "{0}", Told);

        _person.Out.Should().Contain("Completed. The staked identity is at b (the target).");
    }

    [Fact]
    public void Switchover_Picture_IsInTheFile()
    {
        var file = Path.Combine(_person.Home, "gap.svg");

        Run([.. ToB, "--picture", file]).Should().Be(ExitCode.Done, "{0}", Told);

        File.ReadAllText(file).Should().StartWith("<svg").And.Contain("</svg>");
    }

    [Fact]
    public void Switchover_DiskOfTheTargetIsFull_IsUndone()
    {
        Run(ToB, before: (FailoverStep.DeliverTower, () => _world.B.DiskIsFull = true)).Should().Be(ExitCode.RolledBack, "{0}", Told);

        _person.Out.Should().Contain("Rolled back. The staked identity is at a (the source).");
        _world.A.CanVote.Should().BeTrue();
    }

    [Fact]
    public void Switchover_SourceIsCutOffForGood_IsIndeterminateAndNamesTheCommands()
    {
        Run(ToB, before: (FailoverStep.DemoteSource, () => Cut(_world.A))).Should().Be(ExitCode.Indeterminate, "{0}", Told);

        _person.Out.Should().Contain("Indeterminate.").And.Contain("To do on a:");
    }

    [Fact]
    public void Switchover_SourceIsCutOffBehindThePromotion_IsDoneAndSomethingIsLeftToDo()
    {
        Run(ToB, before: (FailoverStep.CleanUp, () => Cut(_world.A))).Should().Be(ExitCode.SomethingToDo, "{0}", Told);

        _person.Out.Should().Contain("Completed.").And.Contain("To do on a:");
    }

    [Fact]
    public void Switchover_CtrlCWhileArming_IsCancelledAndSaysThatNothingWasMoved()
    {
        Run(ToB, before: (FailoverStep.Prepare, _person.Interrupts.Raise)).Should().Be(ExitCode.Cancelled, "{0}", Told);

        _person.Out.Should().Contain("Ctrl-C was heard.").And.Contain("Canceled. Nothing was moved.");
    }

    [Fact]
    public void Switchover_CtrlCBehindTheFence_IsUndoneAndSaysSoAtOnce()
    {
        Run(ToB, before: (FailoverStep.DemoteSource, _person.Interrupts.Raise)).Should().Be(ExitCode.RolledBack, "{0}", Told);

        _person.Out.Should().Contain("Ctrl-C was heard. Canceling").And.Contain("Rolled back. The staked identity is at a (the source).");
        _world.A.CanVote.Should().BeTrue();
    }

    [Fact]
    public void Switchover_CtrlCBehindThePromotion_IsFinishedAndASecondOneIsExplained()
    {
        Run(ToB, before: (FailoverStep.Verify, () =>
        {
            _person.Interrupts.Raise();
            _person.Interrupts.Raise();
        })).Should().Be(ExitCode.Done, "{0}", Told);

        _person.Out.Should().Contain("This program does not stop in the middle").And.Contain("Completed.");
    }

    [Fact]
    public void Switchover_TerminalIsClosedInTheMiddle_IsFinishedAndTheExitCodeIsItsOwn()
    {
        _person.TerminalIsGone = true;

        Run(ToB).Should().Be(ExitCode.Done);

        _world.B.CanVote.Should().BeTrue();
    }

    [Fact]
    public void Switchover_DryRun_IsDoneAndMovesNothing()
    {
        Run(["switchover", "--to", "b", "--dry-run"]).Should().Be(ExitCode.Done, "{0}", Told);

        _person.Out.Should().Contain("A switchover would begin").And.Contain("set-identity --require-tower");
        _world.A.CanVote.Should().BeTrue();
    }

    [Theory]
    [InlineData("switchover")]
    [InlineData("y")]
    [InlineData("YES")]
    public void Switchover_PersonSaysYes_ShowsThePlanAndGoesOn(string typed)
    {
        _person.Types(typed);

        Run(["switchover"]).Should().Be(ExitCode.Done, "{0}", Told);

        _person.Error.Should().Contain("Restart window: none is waited for").And.Contain("Move the staked identity from a to b? Type switchover or y to continue");
        _world.B.CanVote.Should().BeTrue();
    }

    [Theory]
    [InlineData("n")]
    [InlineData("")]
    [InlineData("south")]
    public void Switchover_PersonSaysAnythingElse_IsCancelled(string typed)
    {
        _person.Types(typed);

        Run(["switchover"]).Should().Be(ExitCode.Cancelled, "{0}", Told);

        _person.Error.Should().Contain("Nothing was changed.");
        _world.A.CanVote.Should().BeTrue();
    }

    [Fact]
    public void Switchover_WindowIsAskedFor_IsToldWithThePlanWhenItOpens()
    {
        Run(["switchover", "--window", "30s", "--dry-run"]).Should().Be(ExitCode.Done, "{0}", Told);

        _person.Out.Should().MatchRegex("Restart window: 30 s without a leader slot of a are waited for, up to 60 min: (open now|opens in)");
    }

    [Fact]
    public void Switchover_NoWindowWithinTheTime_IsRefusedAndNamesTheLongest()
    {
        Run(["switchover", "--to", "b", "--yes", "--window", "1h"]).Should().Be(ExitCode.Refused, "{0}", Told);

        _person.Out.Should().Contain("Refused.").And.Contain("TF127  blocker   a").And.Contain("the longest there is");
        _world.A.CanVote.Should().BeTrue();
    }

    [Fact]
    public void Preflight_AllWell_IsDone() => Run(["preflight"]).Should().Be(ExitCode.Done, "{0}", Told);

    [Fact]
    public void Preflight_TargetIsGone_IsRefused()
    {
        _world.B.KillValidator();

        Run(["preflight"]).Should().Be(ExitCode.Refused, "{0}", Told);

        _person.Out.Should().Contain("Preflight of a switchover from a to b: blocked").And.Contain("TF101");
    }

    [Fact]
    public void StatusAndDiagnose_PairInOrder_AreDone()
    {
        Run(["status"]).Should().Be(ExitCode.Done, "{0}", Told);
        Run(["diagnose"]).Should().Be(ExitCode.Done, "{0}", Told);

        _person.Out.Should().Contain("a votes with the staked identity, and b does not run it").And.Contain("A recovery would change nothing.");
    }

    [Fact]
    public void Recover_CoordinatorDiedInTheMiddle_MendsItAndNamesWhatIsLeft()
    {
        _world.CrashBefore(FailoverStep.DeliverTower);

        Run(["status"]).Should().Be(ExitCode.SomethingToDo, "{0}", Told);
        Run(["diagnose"]).Should().Be(ExitCode.SomethingToDo, "{0}", Told);
        _person.Types("recover");
        Run(["recover"]).Should().Be(ExitCode.SomethingToDo, "{0}", Told);

        _person.Out.Should().Contain("To do on b:").And.Contain("Neither node votes with the staked identity").And.Contain("Recovered. The staked identity is at a");
        _person.Error.Should().Contain("Type recover or y to continue");
        _world.A.CanVote.Should().BeTrue();
    }

    [Fact]
    public void Recover_NodeOutOfReach_NeedsAPersonAndIsIndeterminate()
    {
        _world.CrashBefore(FailoverStep.DeliverTower);
        _world.A.Crash(TimeSpan.FromHours(10));

        Run(["diagnose"]).Should().Be(ExitCode.Indeterminate, "{0}", Told);
        Run(["recover"]).Should().Be(ExitCode.Indeterminate, "{0}", Told);
        Run(["recover", "--yes"]).Should().Be(ExitCode.Indeterminate, "{0}", Told);

        _person.Out.Should().Contain("leave it to an operator");
        _world.B.CanVote.Should().BeFalse("no node gets a vote on a guess");
    }

    [Fact]
    public void Takeover_SourceAnswers_IsDemotedFirst()
    {
        Run(["takeover", "--to", "b", "--yes"]).Should().Be(ExitCode.Done, "{0}", Told);

        _person.Out.Should().Contain("Completed. The staked identity is at b (the target).").And.Contain("Evidence: Fenced");
        _world.A.CanVote.Should().BeFalse();
    }

    [Fact]
    public void Takeover_SourceIsOff_IsRefusedAndSaysWhatWouldBeNeeded()
    {
        _world.A.Crash(TimeSpan.FromHours(1));

        Run(["takeover", "--to", "b", "--yes"]).Should().Be(ExitCode.Refused, "{0}", Told);

        _person.Out.Should().Contain("Evidence that a is not voting and cannot resume: none; the policy asks for fenced.").And.Contain("to raise").And.Contain("its shell does not answer");
        _world.B.RunsStaked.Should().BeFalse();
    }

    [Fact]
    public void Takeover_SourceIsOffAndAPersonIsSure_GoesOnWithoutATowerAndOwes()
    {
        _world.A.Crash(TimeSpan.FromHours(1));

        Run(["takeover", "--to", "b", "--yes", "--least-grade", "asserted", "--assert", "its rack burns", "--tower", "from-chain"]).Should().Be(ExitCode.SomethingToDo, "{0}", Told);

        _person.Out.Should().Contain("the operator states: its rack burns").And.Contain("Pending on a:").And.Contain("tachyon-failover complete-demotion --to b");
        _world.B.CanVote.Should().BeTrue();
    }

    [Fact]
    public void Settle_NodeIsBackWithItsOldLink_IsMadeAnInactiveOne()
    {
        Takeover_SourceIsOffAndAPersonIsSure_GoesOnWithoutATowerAndOwes();
        Run(["complete-demotion", "--to", "b", "--yes"]).Should().NotBe(ExitCode.Done, "a is off: {0}", Told);
        _world.World.Cluster.Run(TimeSpan.FromHours(1.1));

        // b may end just now, because a's start has told gossip about the identity. The output says so, and the next call finds b up again.
        Run(["complete-demotion", "--to", "b", "--yes"]).Should().BeOneOf([ExitCode.Done, ExitCode.SomethingToDo, ExitCode.Indeterminate], "{0}", Told);
        _world.World.Cluster.Run(TimeSpan.FromMinutes(2));
        Run(["complete-demotion", "--to", "b", "--yes"]).Should().BeOneOf([ExitCode.Done, ExitCode.SomethingToDo], "{0}", Told);

        _person.Out.Should().Contain("Recovered. The staked identity is at b");

        _world.A.Link.Should().Be(IdentityRole.Unstaked);
    }

    [Theory]
    [InlineData("y")]
    [InlineData("yes")]
    [InlineData("a")]
    [InlineData("")]
    public void Takeover_PersonTypesAnythingButTheTarget_IsCancelledAndHasSeenTheEvidence(string typed)
    {
        _person.Types(typed);

        Run(["takeover", "--to", "b"]).Should().Be(ExitCode.Cancelled, "{0}", Told);

        _person.Error.Should().Contain("Evidence that a is not voting and cannot resume: none").And.Contain("Take the staked identity from a and give it to b? Type b to continue");
        _world.A.CanVote.Should().BeTrue();
    }

    [Fact]
    public void Takeover_PersonTypesTheTarget_GoesOn()
    {
        _person.Types("b");

        Run(["takeover", "--to", "b"]).Should().Be(ExitCode.Done, "{0}", Told);

        _world.B.CanVote.Should().BeTrue();
    }

    [Theory]
    [InlineData("takeover", ExitCode.Refused, "evidence")]
    [InlineData("watch", ExitCode.Indeterminate, "votes land")]
    [InlineData("watch", ExitCode.SomethingToDo, "votes do not land")]
    [InlineData("complete-demotion", ExitCode.SomethingToDo, "complete-demotion")]
    public void All_CodeThatACommandEndsWith_HasWordsForIt(string command, int code, string words) =>
        ExitCode.All.Single(told => told.Code == code).Meaning.Should().Contain(words, "{0} ends with it", command);

    [Fact]
    public async Task Status_ProgramItselfFails_IsBrokenAndSendsToDiagnose()
    {
        _person.Open = _ => throw new InvalidOperationException("out of memory, say");

        (await _person.RunAsync("status")).Should().Be(ExitCode.Broken);

        _person.Error.Should().Contain("This program failed: out of memory, say").And.Contain("tachyon-failover diagnose");
    }

    [Theory]
    [InlineData("status")]
    [InlineData("preflight")]
    [InlineData("diagnose")]
    [InlineData("switchover", "--dry-run")]
    [InlineData("switchover", "--to", "b", "--yes")]
    [InlineData("recover", "--yes")]
    [InlineData("complete-demotion", "--yes")]
    [InlineData("watch", "--once", "--to", "b")]
    [InlineData("pause", "--for", "30m", "--reason", "new kernel")]
    [InlineData("resume")]
    [InlineData("takeover", "--to", "b", "--yes")]
    public void EveryCommand_Json_IsOneObjectWithAVersionAndNothingElse(params string[] args)
    {
        Run([.. args, "--json"]).Should().Be(ExitCode.Done, "{0}", Told);

        using var json = JsonDocument.Parse(_person.Out);
        json.RootElement.GetProperty("version").GetInt32().Should().Be(1);
    }

    public void Dispose() => _person.Dispose();

    private string Told => _person.Out + _person.Error;

    private void Cut(SimulatedNode node) => _coordinator!.WireTo(node).Partition();

    private SimulatedCoordinator? _coordinator;

    private int Run(string[] args, (FailoverStep Step, Action Act)? before = null)
    {
        _coordinator = _world.Coordinator(before is { } hook ? new StoryJournal(hook.Step, _ => hook.Act()) : _journal);
        return _person.Run(_coordinator, _world.A, _world.B, args);
    }
}
