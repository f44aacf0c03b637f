using Xunit;

namespace Tachyon.Failover.IntegrationTests.Package;

/// <summary>
/// The tests that share one packing, which takes some ten seconds. Not beside others: each is a build that takes all cores, and others look at the time.
/// </summary>
[CollectionDefinition(nameof(PackageTests), DisableParallelization = true)]
public sealed class PackageTests : ICollectionFixture<PackedPackages>;
