using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.Soak.Tests;

/// <summary>Simulated switchovers with faults, each from its seed. Many more of them: <c>dotnet run -c Release --project tests/Tachyon.Failover.Soak</c>.</summary>
public sealed class SoakTests
{
    [Fact]
    public void Play_150Seeds_NothingIsBrokenAndAllWaysAreTaken()
    {
        var outcomes = Enumerable.Range(1, 150).Select(seed => SoakRun.Play(Story.Of((ulong)seed))).ToList();

        outcomes.Where(outcome => outcome.Broken.Count > 0).Select(outcome => $"{outcome.Seed}: {string.Join(" | ", outcome.Broken)}").Should().BeEmpty();
        outcomes.Select(outcome => outcome.Outcome).Distinct().Should().BeEquivalentTo(
            new FailoverOutcome?[] { FailoverOutcome.Completed, FailoverOutcome.RolledBack, FailoverOutcome.Refused, FailoverOutcome.Indeterminate, null });
        outcomes.Sum(outcome => outcome.FaultsInjected).Should().BeGreaterThan(100);
        outcomes.Where(outcome => outcome.IsWithoutFaults).Should().OnlyContain(outcome => outcome.Outcome == FailoverOutcome.Completed && outcome.RefusedVotes == 0);
    }

    /// <summary>Seeds that once broke something, with the faults as they were drawn then.</summary>
    [Theory]
    [MemberData(nameof(BrokenSeeds.All), MemberType = typeof(BrokenSeeds))]
    public void Play_SeedThatOnceBroke_BreaksNothing(ulong seed, string what)
    {
        var outcome = SoakRun.Play(Story.Of(seed));

        outcome.Broken.Should().BeEmpty(what);
    }

    [Fact]
    public void Play_SameSeedTwice_IsTheSameRun()
    {
        // The stories of the broken seeds have faults of all kinds.
        foreach (var seed in BrokenSeeds.All.Select(row => row.Data.Item1).Append(1UL))
        {
            var runs = Enumerable.Range(0, 2).Select(_ => SoakRun.Play(Story.Of(seed))).Select(outcome => (outcome.Outcome, outcome.MissedSlots, Votes: outcome.Fingerprint)).ToList();

            runs[1].Should().Be(runs[0]);
        }
    }

    /// <summary>With a <c>set-identity</c> of 0 to 1 s on either node. docs/performance.md has the figures of more seeds; one more step in the gap that waits for an answer would cost each row more than its room.</summary>
    [Theory]
    [InlineData(0, 0.75)]
    [InlineData(20, 0.8)]
    [InlineData(100, 1.0)]
    [InlineData(250, 1.65)]
    public void Play_WithoutFaults_MissesFewSlots(int roundTripMilliseconds, double mean)
    {
        var outcomes = Enumerable.Range(1, 100).Select(seed => SoakRun.Play(Story.WithoutFaultsOf((ulong)seed, TimeSpan.FromMilliseconds(roundTripMilliseconds / 2.0)))).ToList();

        outcomes.Should().OnlyContain(outcome => outcome.Outcome == FailoverOutcome.Completed && outcome.RefusedVotes == 0);
        var missed = MissedSlots.Of(outcomes.Select(outcome => outcome.MissedSlots))!;
        missed.Mean.Should().BeLessThan(mean);
        missed.Max.Should().BeLessThanOrEqualTo(4, "that is the regular worst case (docs/protocol.md)");
    }

    /// <summary>A judge that never fails says nothing. <c>tests/Tachyon.Failover.Mutants -- --rules</c> breaks the rules of the library itself.</summary>
    [Fact]
    public void Play_ALockIsHeldForACoordinatorThatIsGone_TheJudgeSeesIt() =>
        Enumerable.Range(1, 1000).Select(seed => SoakRun.Play(Story.Of((ulong)seed), leasesLocks: false)).Should().Contain(outcome => outcome.Broken.Count > 0);
}
