using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(ClockCheck))]
public sealed class ClockCheckTests() : CheckTests(new ClockCheck(), "TF122")
{
    protected override PairSurvey Bad => Good with { Target = Good.Target with { ClockOffset = TimeSpan.FromMilliseconds(-1100) } };

    [Fact]
    public async Task CheckAsync_FarApart_Warns() => ShouldWarn(await FindAsync(Bad), node: null, "the clock of b is 1103 ms behind that of a, give or take 20 ms");

    [Theory]
    [InlineData(3, "0 ms ahead of")]
    [InlineData(1010, "1007 ms ahead of")]
    public async Task CheckAsync_LessThanThatAsFarAsCanBeTold_IsANote(int offset, string words) =>
        ShouldBe(await FindOnTargetAsync(target => target with { ClockOffset = TimeSpan.FromMilliseconds(offset) }), node: null, PreflightSeverity.Note, words);
}
