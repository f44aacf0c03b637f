using Xunit;

namespace Tachyon.Failover.IntegrationTests.Cli;

/// <summary>Publishing takes all of the machine, and screens tell how fast it is: these tests run one by one, when nothing else does.</summary>
[CollectionDefinition(nameof(CliTests), DisableParallelization = true)]
public sealed class CliTests;
