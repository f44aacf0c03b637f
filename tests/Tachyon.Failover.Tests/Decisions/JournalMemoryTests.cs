using FluentAssertions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Tests.Journal;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The journal's view of single nodes.</summary>
public sealed class JournalMemoryTests
{
    private readonly JournalScene _scene = new();

    [Fact]
    public void H10_SettledOfAnotherNode_TheDebtStands()
    {
        TakeOver("1", "a", "b");
        TakeOver("2", "b", "c", settles: true);

        var (a, b) = (_scene.Pair("a", "c"), _scene.Pair("b", "c"));

        _scene.Read(a).DemotionPendingBy(a.Source).Should().Be(RunId.Parse("1"));
        _scene.Read(b).DemotionPendingBy(b.Source).Should().BeNull();
    }

    [Fact]
    public void H10_TakenBackByATakeover_OnlyTheLostNodeIsOwed()
    {
        TakeOver("1", "a", "b");
        TakeOver("2", "b", "a");
        var pair = _scene.Pair("a", "b");

        var look = _scene.Read(pair);

        look.DemotionPendingBy(pair.Source).Should().BeNull("it was promoted since, and is the active node");
        look.DemotionPendingBy(pair.Target).Should().Be(RunId.Parse("2"));
    }

    [Fact]
    public void H10_PromotionBackWithoutAnAnswer_BothAreOwedAndTheLostOneLostItLast()
    {
        TakeOver("1", "a", "b");
        _scene.Earlier("2", JournalEvent.Begun, "b", "a", kind: RunKind.Takeover);
        _scene.Earlier("2", JournalEvent.Intent, "b", "a", "PromoteTarget");
        var pair = _scene.Pair("a", "b");

        var look = _scene.Read(pair);

        look.DemotionPendingBy(pair.Source).Should().Be(RunId.Parse("1"), "it may not have been promoted");
        look.WentElsewhere(pair.Source).Should().BeFalse("the newest takeover was to give it the identity");
        look.WentElsewhere(pair.Target).Should().BeTrue();
    }

    [Fact]
    public void H10_TwoNodesGaveItToAThird_NeitherIsTheOneThatHasIt()
    {
        TakeOver("1", "a", "b");
        TakeOver("2", "b", "c");
        var pair = _scene.Pair("a", "b");

        var look = _scene.Read(pair, JournalScene.KeyOf(0), JournalScene.KeyOf(1));

        look.WentElsewhere(pair.Source).Should().BeTrue();
        look.WentElsewhere(pair.Target).Should().BeTrue();
    }

    [Fact]
    public void C3_RenamedNode_KeepsItsDebtItsSealAndItsOpenPromotion()
    {
        TakeOver("old", "b", "a");
        _scene.Earlier("late", JournalEvent.Begun, "a", "b");
        _scene.Earlier("late", JournalEvent.Intent, "a", "b", "PromoteTarget");
        _scene.Earlier("late", JournalEvent.Unknown, "a", "b", "PromoteTarget");
        _scene.Earlier("late", JournalEvent.Done, "a", "b", "SealOther");
        var pair = _scene.Pair("a", "berlin");

        foreach (var look in new[] { _scene.Read(pair), _scene.Read(pair, JournalScene.KeyOf(0), JournalScene.KeyOf(1)) })
        {
            look.DemotionPendingBy(pair.Target).Should().Be(RunId.Parse("old"));
            look.MayTakeIdentity(pair.Target).Should().BeTrue();
            look.WasLeftSealed(pair.Target).Should().BeTrue();
            look.DemotionPendingBy(pair.Source).Should().BeNull();
            look.MayTakeIdentity(pair.Source).Should().BeFalse();
            look.WasLeftSealed(pair.Source).Should().BeFalse();
        }
    }

    /// <summary>Exchanged names: the identity tells the nodes apart, even a node that was not seen when it was lost.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task C3_NamesExchanged_TheDebtStaysWithItsNode(bool wasSeen)
    {
        var (lost, other) = (JournalScene.KeyOf(0), JournalScene.KeyOf(1));
        var run = _scene.Write(_scene.Pair("a", "b"), wasSeen ? lost : null, other);
        run.Begin(RunKind.Takeover);
        await run.IntendAsync([FailoverStep.PromoteTarget]);
        var pair = _scene.Pair("a", "b");

        var look = _scene.Read(pair, other, lost);

        look.DemotionPendingBy(pair.Target).Should().Be(run.RunId, "it was called a then");
        look.DemotionPendingBy(pair.Source).Should().BeNull();
    }

    [Fact]
    public void C11_InterruptedAndThenAnotherRefused_IsStillNamed()
    {
        _scene.Earlier("first", JournalEvent.Begun, "a", "b");
        _scene.Earlier("first", JournalEvent.Intent, "a", "b", "DemoteSource");
        _scene.Earlier("second", JournalEvent.Begun, "a", "b");
        _scene.Earlier("second", JournalEvent.Ended, "a", "b", outcome: FailoverOutcome.Refused);
        _scene.Earlier("third", JournalEvent.Begun, "b", "a");

        _scene.Read(_scene.Pair("a", "b")).Interrupted.Select(static run => run.ToString()).Should().Equal("first", "third");
    }

    [Fact]
    public void C11_ARecoveryThatFoundAGoodEnd_EndsThemForItsNodesAlone()
    {
        _scene.Earlier("first", JournalEvent.Begun, "a", "b");
        _scene.Earlier("elsewhere", JournalEvent.Begun, "b", "c");
        _scene.Earlier("mend", JournalEvent.Begun, "b", "a", kind: RunKind.Recovery);
        _scene.Earlier("mend", JournalEvent.Ended, "b", "a", outcome: FailoverOutcome.RolledBack);

        _scene.Read(_scene.Pair("a", "b")).Interrupted.Select(static run => run.ToString()).Should().Equal("elsewhere");
    }

    private void TakeOver(string run, string source, string target, bool settles = false)
    {
        _scene.Earlier(run, JournalEvent.Begun, source, target, kind: RunKind.Takeover);
        _scene.Earlier(run, JournalEvent.Intent, source, target, "PromoteTarget");
        _scene.Earlier(run, JournalEvent.Done, source, target, "PromoteTarget");
        if (settles)
        {
            _scene.Earlier(run, JournalEvent.DemotionCompleted, source, target);
        }

        _scene.Earlier(run, JournalEvent.Ended, source, target, outcome: FailoverOutcome.Completed);
    }
}
