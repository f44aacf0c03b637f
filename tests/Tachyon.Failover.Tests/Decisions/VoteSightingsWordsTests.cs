using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The words about a witness that cannot be right.</summary>
public sealed class VoteSightingsWordsTests
{
    [Fact]
    public void C12_VoteOfTheFuture_IsCalledNewer() => VoteSightings.Begin(new DetectionRules()).WhyNoAnswer(new WitnessReading { Name = "w", Slot = 1000, LastVote = 5000 })
        .Should().Be("invalid answer: a vote for slot 5000, which is newer than its own slot 1000");
}
