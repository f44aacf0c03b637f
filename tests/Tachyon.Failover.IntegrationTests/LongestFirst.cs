using Tachyon.Failover.IntegrationTests;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Tachyon.Failover.IntegrationTests;

/// <summary>The classes that take minutes begin first: one that began last would be waited for alone.</summary>
internal sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        nameof(Package.PackageTests),
        nameof(Cli.PublishedFileTests),
        nameof(Preflight.PreflightTests),
        nameof(Daemon.DaemonServiceTests),
        nameof(Takeovers.LostValidatorTests),
        nameof(Takeovers.LostMachineTests),
        nameof(Switchovers.FaultFromThePromotionOnTests),
        nameof(Switchovers.FaultInTheGapTests),
        nameof(Switchovers.SwitchoverTests),
        nameof(Switchovers.HostGoneTests),
        nameof(StandIns.StandInClusterTests),
        nameof(Nodes.SshValidatorProcessTests),
        nameof(Nodes.LocalValidatorProcessTests),
        nameof(Switchovers.CoordinatorCrashTests),
        nameof(Takeovers.HungSourceBystanderTests),
        nameof(Takeovers.HungSourceTests),
        nameof(Switchovers.LastProbeTests),
        nameof(Cli.ScreenTests),
        nameof(Takeovers.LostNetworkTests),
        nameof(Takeovers.HungSourceIsBackTests),
        nameof(Switchovers.HungValidatorTests),
        nameof(Switchovers.FaultBeforeTheGapTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(static collection => Rank(collection.TestCollectionDisplayName)).ThenBy(static collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Rank(string name)
    {
        var place = Array.FindIndex(Long, one => name == one || name.Contains($".{one} ", StringComparison.Ordinal));
        return place < 0 ? Long.Length : place;
    }
}
