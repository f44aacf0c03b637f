using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(RoundTripCheck))]
public sealed class RoundTripCheckTests() : CheckTests(new RoundTripCheck(), "TF123")
{
    protected override PairSurvey Bad => Good.With(made => { made.Source = Good.Source.With(that => that.RoundTrip = TimeSpan.FromMilliseconds(320)); made.Target = Good.Target.With(it => it.RoundTrip = TimeSpan.FromMilliseconds(320)); });

    [Fact]
    public async Task CheckAsync_TooFar_Warns() => ShouldWarn(await FindAsync(Bad), node: null, "some 400 ms from seal to promotion, 1 slots or more without a vote");

    [Fact]
    public async Task CheckAsync_NearEnough_TellsTheTrips() => ShouldBe(await FindAsync(Good), node: null, PreflightSeverity.Info, "20 ms to a and back, 20 ms to b: some 100 ms");
}
