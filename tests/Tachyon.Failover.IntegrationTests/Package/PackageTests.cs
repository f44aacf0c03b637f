using Xunit;

namespace Tachyon.Failover.IntegrationTests.Package;

/// <summary>The tests that share one packing, which takes some ten seconds.</summary>
[CollectionDefinition(nameof(PackageTests))]
public sealed class PackageTests : ICollectionFixture<PackedPackages>;
