using FluentAssertions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>Switchovers between stand-ins over a real sshd, as people will do them.</summary>
public sealed class SwitchoverTests(SwitchoverScene scene) : IClassFixture<SwitchoverScene>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SwitchoverAsync_NothingInTheWay_CompletesInAllItsStepsAndTellsWhatItCost()
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        await using var journal = new FileFailoverJournal(scene.Journal);
        var seen = new List<FailoverProgress>();

        var result = await new FailoverCoordinator(SwitchoverScene.Options.With(it => it.Journal = journal)).SwitchoverAsync(scene.Pair, new Recorder(seen), Token);

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        result.Reason.Should().BeNull();
        result.OperatorActions.Should().BeEmpty();
        result.Steps.Select(step => (int)step.StepCode).Should().Equal(Enumerable.Range(1, 13));

        // The benchmark measures it, on a machine that does nothing else.
        result.Gap!.MissedSlots.Should().BeInRange(0, 25);
        result.Gap.RefusedVotes.Should().Be(0);
        seen.Where(report => report.Result is not null).Select(report => report.Step).Should().Equal(result.Steps.Select(step => step.Step));
        await scene.ShouldBeTrueAsync(result, start, Token);
        var entries = await journal.ReadEntriesAsync(Token).Where(entry => entry.RunId == result.RunId).ToListAsync(Token);
        entries[0].Event.Should().Be(JournalEvent.Begun);
        entries[^1].Event.Should().Be(JournalEvent.Ended);
        entries.Where(entry => entry.Event == JournalEvent.Done).Select(entry => entry.Step).Should().Equal(
            entries.Where(entry => entry.Event == JournalEvent.Intent).Select(entry => entry.Step));
    }

    [Fact]
    public async Task SwitchoverAsync_AskedForAgain_IsRefusedAndMovesNothingBack()
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        var pair = scene.Pair;
        var coordinator = new FailoverCoordinator(SwitchoverScene.Options);
        var first = await coordinator.SwitchoverAsync(pair, progress: null, Token);

        var again = await coordinator.SwitchoverAsync(pair, progress: null, Token);

        first.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", first);
        again.Outcome.Should().Be(FailoverOutcome.Refused);
        again.IdentityAt.Should().Be(IdentityLocation.Target);
        again.Reason.Should().Contain("TF102");
        await scene.ShouldBeTrueAsync(first, start, Token);
    }

    [Fact]
    public async Task SwitchoverAsync_TwoCoordinatorsAtOnce_OneIsRefusedAndNamesTheOther()
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        await using var others = scene.AnotherCoordinatorsPair();
        var mine = new FailoverCoordinator(SwitchoverScene.Options.With(static it => it.Holder = "me")).SwitchoverAsync(scene.Pair, progress: null, Token);
        var theirs = new FailoverCoordinator(SwitchoverScene.Options.With(static it => it.Holder = "them")).SwitchoverAsync(scene.SameDirection(others), progress: null, Token);

        var results = await Task.WhenAll(mine, theirs);

        results.Select(result => result.Outcome).Should().BeEquivalentTo([FailoverOutcome.Completed, FailoverOutcome.Refused], "{0} {1}", results[0], results[1]);
        results.Single(result => result.Outcome == FailoverOutcome.Refused).Reason.Should().ContainAny("me", "them", "TF102");
        await scene.ShouldBeTrueAsync(results.Single(result => result.Outcome == FailoverOutcome.Completed), start, Token);
    }

    [Fact]
    public async Task DryRunAsync_GoodPair_ChangesNothingAndTellsThePlan()
    {
        var before = scene.Snapshot();

        var plan = await new FailoverCoordinator(SwitchoverScene.Options).DryRunAsync(scene.Pair, Token);

        plan.IsClear.Should().BeTrue("{0}", plan);
        plan.TransferTime.Should().BePositive();
        plan.Steps.Select(step => step.StepCode).Should().BeInAscendingOrder().And.Contain([FailoverStep.DemoteSource, FailoverStep.SealSource, FailoverStep.PromoteTarget]);
        plan.ToString().Should().Contain("set-identity --require-tower");
        scene.Snapshot().Should().Equal(before);
        (await scene.Active.IdentityAsync(Token)).Should().Be(scene.Cluster.StakedIdentity);
        (await scene.Active.IsFreeAsync(Token)).Should().BeTrue();
    }

    [Theory]
    [InlineData(nameof(FailoverStep.Prepare))]
    [InlineData(nameof(FailoverStep.MoveSourceLink))]
    [InlineData(nameof(FailoverStep.DemoteSource))]
    [InlineData(nameof(FailoverStep.PromoteTarget))]
    [InlineData(nameof(FailoverStep.MoveTargetLink))]
    public async Task SwitchoverAsync_CallerGivesUp_IsUndoneBeforeThePromotionAndFinishedAfterIt(string name)
    {
        var during = Enum.Parse<FailoverStep>(name);
        var start = await scene.Cluster.GetSlotAsync(Token);
        using var give = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var journal = new HookedJournal(during, give.Cancel);

        var result = await new FailoverCoordinator(SwitchoverScene.Options.With(it => it.Journal = journal)).SwitchoverAsync(scene.Pair, progress: null, give.Token);

        // The journal is written right before a leg is sent, and a cancellation takes effect before the next leg.
        result.Outcome.Should().Be(
            during == FailoverStep.Prepare ? FailoverOutcome.Refused : during < FailoverStep.PromoteTarget ? FailoverOutcome.RolledBack : FailoverOutcome.Completed, "{0}", result);
        await scene.ShouldBeTrueAsync(result, start, Token);
    }

    [Fact]
    public async Task SwitchoverAsync_JournalCannotBeWritten_MovesNothing()
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        var journal = new HookedJournal(FailoverStep.MoveSourceLink, () => Task.FromException(new IOException("No space left on device")));

        var result = await new FailoverCoordinator(SwitchoverScene.Options.With(it => it.Journal = journal)).SwitchoverAsync(scene.Pair, progress: null, Token);

        result.Outcome.Should().Be(FailoverOutcome.RolledBack);
        result.Reason.Should().Contain("No space left on device");
        await scene.ShouldBeTrueAsync(result, start, Token);
    }

    /// <summary>Somebody tidies up a ledger while a run is at work. A second coordinator could take the lock now.</summary>
    [Theory]
    [InlineData(nameof(FailoverStep.DemoteSource), FailoverOutcome.RolledBack)]
    [InlineData(nameof(FailoverStep.MoveTargetLink), FailoverOutcome.Completed)]
    public async Task X4_SwitchoverAsync_LockFileIsRemoved_TheTargetIsNotPromotedAfterThat(string name, FailoverOutcome outcome)
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        var lockFile = Path.Combine(scene.Inactive.Settings.Ledger, "tachyon-failover.lock");
        var journal = new HookedJournal(Enum.Parse<FailoverStep>(name), () => File.Delete(lockFile));

        var result = await new FailoverCoordinator(SwitchoverScene.Options.With(it => it.Journal = journal)).SwitchoverAsync(scene.Pair, progress: null, Token);

        result.Outcome.Should().Be(outcome, "{0}", result);
        if (outcome == FailoverOutcome.RolledBack)
        {
            result.Reason.Should().Contain($"the lock file {lockFile} was removed or replaced while this run held it");
        }

        await scene.ShouldBeTrueAsync(result, start, Token);
    }

    [Fact]
    public async Task SwitchoverAsync_SlowLink_StillRefusesNoVote()
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        scene.Active.Link.SetRoundTrip(TimeSpan.FromMilliseconds(100));
        scene.Inactive.Link.SetRoundTrip(TimeSpan.FromMilliseconds(100));

        var result = await new FailoverCoordinator(SwitchoverScene.Options).SwitchoverAsync(scene.Pair, progress: null, Token);

        scene.Active.Link.SetRoundTrip(TimeSpan.Zero);
        scene.Inactive.Link.SetRoundTrip(TimeSpan.Zero);
        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        await scene.ShouldBeTrueAsync(result, start, Token);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task SwitchoverAsync_OverTheMachinesOwnSsh_CompletesToo(int roundTripMilliseconds)
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        scene.Active.Link.SetRoundTrip(TimeSpan.FromMilliseconds(roundTripMilliseconds));
        scene.Inactive.Link.SetRoundTrip(TimeSpan.FromMilliseconds(roundTripMilliseconds));
        await using var pair = scene.AnotherCoordinatorsPair(node => node.OpenSsh);

        var result = await new FailoverCoordinator(SwitchoverScene.Options).SwitchoverAsync(scene.SameDirection(pair), progress: null, Token);

        scene.Active.Link.SetRoundTrip(TimeSpan.Zero);
        scene.Inactive.Link.SetRoundTrip(TimeSpan.Zero);
        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        result.Gap!.RefusedVotes.Should().Be(0);
        await scene.ShouldBeTrueAsync(result, start, Token);
    }

    [Fact]
    public async Task SwitchoverAsync_ConnectionCutInTheMiddleOfTheFinalTower_IsUndone()
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        var source = scene.Active;
        source.Shim.Clear();

        // The answer to the seal's read is some 3 kB of base64: a kilobyte after the seal is its middle.
        var journal = new HookedJournal(FailoverStep.DemoteSource, () => source.Shim.Arm(HostCall.Of(FailoverStep.SealSource), HostFault.AnswerLost));
        var run = new FailoverCoordinator(SwitchoverScene.Options.With(it => it.Journal = journal)).SwitchoverAsync(scene.Pair, progress: null, Token);

        (await source.Shim.HitAsync(run, Token)).Should().BeTrue();
        source.Link.ToClient.CutAfter(1200);
        source.Shim.Release();
        var result = await run;

        result.Outcome.Should().Be(FailoverOutcome.RolledBack, "{0}", result);
        await scene.ShouldBeTrueAsync(result, start, Token);
    }

    [Fact]
    public async Task SwitchoverAsync_ObserverThrows_DoesNotTouchTheSwitchover()
    {
        var start = await scene.Cluster.GetSlotAsync(Token);

        var result = await new FailoverCoordinator(SwitchoverScene.Options).SwitchoverAsync(scene.Pair, new Thrower(), Token);

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        await scene.ShouldBeTrueAsync(result, start, Token);
    }

    private sealed class Recorder(List<FailoverProgress> seen) : IProgress<FailoverProgress>
    {
        public void Report(FailoverProgress value) => seen.Add(value);
    }

    private sealed class Thrower : IProgress<FailoverProgress>
    {
        public void Report(FailoverProgress value) => throw new InvalidOperationException("an observer's own trouble");
    }
}
