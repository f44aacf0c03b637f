using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>Which interrupted runs a later run of the same pair, or of another one, removes.</summary>
public sealed class InterruptedRunsTests
{
    private static readonly RunId First = RunId.Parse("1");
    private static readonly RunId Second = RunId.Parse("2");
    private static readonly JournalNode A = new("a", "key of a");
    private static readonly JournalNode B = new("b", "key of b");
    private static readonly JournalNode C = new("c", "key of c");

    private readonly InterruptedRuns _runs = new();

    public InterruptedRunsTests()
    {
        _runs.Begin(First, A, B);
        _runs.Begin(Second, A, C);
    }

    [Fact]
    public void EndAllOf_TheSameDirection_RemovesOnlyTheRunOfBothNodes()
    {
        _runs.EndAllOf(A, B);

        _runs.Ids.Should().Equal(Second);
    }

    [Fact]
    public void EndAllOf_TheOtherDirection_RemovesOnlyTheRunOfBothNodes()
    {
        _runs.EndAllOf(B, A);

        _runs.Ids.Should().Equal(Second);
    }

    [Theory]
    [InlineData("b", "c")]
    [InlineData("c", "b")]
    public void EndAllOf_OneNodeOfEachRun_RemovesNone(string source, string target)
    {
        _runs.EndAllOf(new JournalNode(source, $"key of {source}"), new JournalNode(target, $"key of {target}"));

        _runs.Ids.Should().Equal(First, Second);
    }

    [Fact]
    public void End_ARun_RemovesThatOne()
    {
        _runs.End(First);

        _runs.Ids.Should().Equal(Second);
    }
}
