using FluentAssertions;
using Tachyon.Failover.Soak.Takeovers;
using Xunit;

namespace Tachyon.Failover.Tests.Soak;

/// <summary>Simulated takeovers of an active node that is lost, each from its seed. Many more of them: <c>dotnet run -c Release --project tests/Tachyon.Failover.Soak -- --takeovers</c>.</summary>
public sealed class TakeoverSoakTests
{
    private const int SeedsForAMutation = 1000;

    public static TheoryData<string> Mutations => [.. TakeoverMutation.All.Keys];

    [Fact]
    public void Play_100Seeds_NothingIsBrokenAndAllWaysAreTaken()
    {
        var outcomes = Enumerable.Range(1, 100).Select(seed => TakeoverRun.Play(TakeoverStory.Of((ulong)seed))).ToList();

        outcomes.Where(outcome => outcome.Broken.Count > 0).Select(outcome => $"{outcome.Seed}: {string.Join(" | ", outcome.Broken)}").Should().BeEmpty();
        outcomes.Select(outcome => outcome.Outcome).Distinct().Should().Contain([SwitchoverOutcome.Completed, SwitchoverOutcome.Refused]);
        outcomes.Should().Contain(outcome => outcome.WasOwed).And.Contain(outcome => !outcome.WasOwed);
    }

    [Fact]
    public void Play_SameSeedTwice_IsTheSameRun()
    {
        foreach (var seed in Enumerable.Range(1, 12))
        {
            var runs = Enumerable.Range(0, 2).Select(_ => TakeoverRun.Play(TakeoverStory.Of((ulong)seed))).Select(outcome => (outcome.Outcome, outcome.SlotsWithoutVotes, Votes: outcome.Fingerprint)).ToList();

            runs[1].Should().Be(runs[0], "seed {0}", seed);
        }
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void Play_ARuleIsBroken_TheJudgeSeesIt(string mutation) =>
        TakeoverMutation.All[mutation].FirstCaught(SeedsForAMutation).Should().NotBeNull("a judge that never fails says nothing");
}
