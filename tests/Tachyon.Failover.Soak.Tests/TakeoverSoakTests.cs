using FluentAssertions;
using Tachyon.Failover.Soak.Takeovers;
using Xunit;

namespace Tachyon.Failover.Soak.Tests;

/// <summary>Simulated takeovers, each from its seed. Many more of them: <c>dotnet run -c Release --project tests/Tachyon.Failover.Soak -- --takeovers</c>.</summary>
public sealed class TakeoverSoakTests
{
    [Fact]
    public void Play_150Seeds_NothingIsBrokenAndAllWaysAreTaken()
    {
        var outcomes = Enumerable.Range(1, 150).Select(seed => TakeoverRun.Play(TakeoverStory.Of((ulong)seed))).ToList();

        outcomes.Where(outcome => outcome.Broken.Count > 0).Select(outcome => $"{outcome.Seed}: {string.Join(" | ", outcome.Broken)}").Should().BeEmpty();
        outcomes.Select(outcome => outcome.Outcome).Distinct().Should().Contain(
            new FailoverOutcome?[] { FailoverOutcome.Completed, FailoverOutcome.Refused, FailoverOutcome.Indeterminate, null });
        outcomes.Where(outcome => outcome.Outcome == FailoverOutcome.Completed).Select(outcome => outcome.Grade).Distinct().Should().BeEquivalentTo(
            new EvidenceGrade?[] { EvidenceGrade.Fenced, EvidenceGrade.Observed, EvidenceGrade.Asserted });
        outcomes.Should().Contain(outcome => outcome.HadPendingDemotion);
        outcomes.Should().Contain(outcome => outcome.CameBack > 0);
    }

    [Fact]
    public void Play_SameSeedTwice_IsTheSameRun()
    {
        foreach (var seed in (ulong[])[3, 7, 14, 91])
        {
            var runs = Enumerable.Range(0, 2).Select(_ => TakeoverRun.Play(TakeoverStory.Of(seed))).Select(outcome => (outcome.Outcome, outcome.Grade, outcome.Fingerprint)).ToList();

            runs[1].Should().Be(runs[0]);
        }
    }

    /// <summary>Seeds that once broke something.</summary>
    [Theory]
    [InlineData(14, "a node that was owed, and in its start, was waited for before its link was moved")]
    [InlineData(91, "a node that was down when it was looked at had been started since, and had read its link before it was moved")]
    [InlineData(128, "a guard that came up with its machine granted itself T1 anew")]
    [InlineData(14575, "a validator was started again on a machine that had crashed while its end was told")]
    [InlineData(47978, "a promotion was held by the network until the lost node was back")]
    [InlineData(55567, "a promotion waited half a minute for a delivery, and the lost node was back")]
    [InlineData(94332, "a promotion was held by the network until the lost node had its power again")]
    [InlineData(5511, "an owed node votes while the active one dies at each start: what landed is taken over, what the active one cast unseen is forgotten")]
    [InlineData(14156, "a disk is lost twice, and no node votes after the second time")]
    [InlineData(16770, "a lost node begins to vote between the last look and the promotion")]
    [InlineData(46047, "the same, and both vote for some slots: the lost node's votes land, and the target's are refused until they are rooted")]
    [InlineData(76250, "one vote of a lost node lands while the active one is cut off, and roots what that one has not rooted")]
    [InlineData(481, "a refused takeover took the last votes, which were 8 s old, for the place of the identity")]
    [InlineData(908, "the lost node's host crashed while the other node was asked which identity it runs")]
    [InlineData(610, "the last entry of the journal was not written, and the result said that nothing is left to do")]
    [InlineData(8714, "the lost node was started just before the last probe, and no probe could see it yet (the judge's own fault)")]
    public void Play_SeedThatOnceBroke_BreaksNothing(ulong seed, string what) =>
        TakeoverRun.Play(TakeoverStory.Of(seed)).Broken.Should().BeEmpty(what);
}
