using FluentAssertions;
using Tachyon.Failover.Benchmarks.Preflight;
using Tachyon.Failover.Testing.Ssh;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Preflight;

/// <summary>A few of what <c>cold-preflights --count 200 --loaded</c> does: a healthy pair, every processor busy, each time a process that has just been started.</summary>
public sealed class ColdPreflightsTests
{
    [Fact]
    public async Task M1_ColdPreflightsOverSshNet_EveryProcessorIsBusy_NoneIsRefused()
    {
        Assert.True(LoopbackSshd.IsInstalled, LoopbackSshd.InstallationRemedy);

        (await ColdPreflightsCommand.Create().Parse(["--count", "3", "--loaded"]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken)).Should().Be(0);
    }
}
