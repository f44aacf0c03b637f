using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(ClockCheck))]
public sealed class ClockCheckTests() : CheckTests(new ClockCheck(), "TF122")
{
    protected override PairSurvey Bad => Good.With(that => that.Target = Good.Target.With(it => it.ClockOffset = TimeSpan.FromMilliseconds(-1100)));

    [Fact]
    public async Task CheckAsync_FarApart_Warns() => ShouldWarn(await FindAsync(Bad), node: null, "the clock of b is 1103 ms slow against that of a, ± 20 ms");

    [Theory]
    [InlineData(3, "0 ms fast against")]
    [InlineData(1010, "1007 ms fast against")]
    public async Task CheckAsync_LessThanThatAsFarAsCanBeTold_IsANote(int offset, string words) =>
        ShouldBe(await FindOnTargetAsync(target => target.With(it => it.ClockOffset = TimeSpan.FromMilliseconds(offset))), node: null, PreflightSeverity.Info, words);

    /// <summary>The run waits for a smaller difference. A difference that may be smaller within the error is not refused.</summary>
    [Theory]
    [InlineData(10_030, PreflightSeverity.Blocker)]
    [InlineData(-10_030, PreflightSeverity.Blocker)]
    [InlineData(10_010, PreflightSeverity.Warning)]
    [InlineData(9_000, PreflightSeverity.Warning)]
    public async Task H8_CheckAsync_TenSecondsApart_Blocks(int offset, PreflightSeverity severity) =>
        ShouldBe(await FindOnTargetAsync(target => target.With(it => it.ClockOffset = TimeSpan.FromMilliseconds(offset))), node: null, severity, "that of a");
}
