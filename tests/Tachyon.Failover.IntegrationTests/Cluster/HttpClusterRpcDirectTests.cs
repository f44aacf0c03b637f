using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.IntegrationTests.Cluster;

public sealed class HttpClusterRpcDirectTests : HttpClusterRpcTests
{
    private static readonly HttpClient Shared = new();

    private protected override HttpClusterRpc Client(Uri endpoint, TimeProvider? timeProvider) => new(Shared, endpoint, timeProvider: timeProvider);
}
