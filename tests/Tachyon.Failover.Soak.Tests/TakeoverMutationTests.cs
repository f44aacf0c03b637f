using FluentAssertions;
using Tachyon.Failover.Soak.Takeovers;
using Xunit;

namespace Tachyon.Failover.Soak.Tests;

/// <summary>Rules of takeovers that are broken on purpose: the judge must see each in a run in which it sees nothing without.</summary>
public sealed class TakeoverMutationTests
{
    private const int SeedsForAMutation = 1000;

    public static TheoryData<string> Mutations => [.. TakeoverMutation.All.Keys];

    [Theory]
    [MemberData(nameof(Mutations))]
    public void Play_ARuleIsBroken_TheJudgeSeesIt(string mutation) =>
        TakeoverMutation.All[mutation].FirstCaught(SeedsForAMutation).Should().NotBeNull("a judge that never fails says nothing");
}
