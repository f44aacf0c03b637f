using System.Text.RegularExpressions;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Package;

/// <summary>A stranger's first minutes: a new console project, the package, the example of its README.</summary>
[Collection(nameof(PackageTests))]
public sealed partial class PackageConsumerTests(PackedPackages packages)
{
    private const int MostLinesOfTheExample = 25;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Readme_OfTheRepositoryAndOfThePackage_ShowTheSameExample() =>
        Example().Match(Repository.Read("README.md")).Groups["code"].Value.Should().Be(ExampleOf(PackedPackages.Library));

    [Fact]
    public async Task Run_ExampleOfTheLibrary_MovesTheIdentityBetweenStandIns()
    {
        var example = ExampleOf(PackedPackages.Library);
        example.Split('\n').Should().HaveCountLessThan(MostLinesOfTheExample, "a stranger embeds it in 15 lines, and the usings");
        await using var north = new ExampleNodes();
        await north.StartAsync(Token);
        using var consumer = await Consumer.CreateAsync(packages, north.Fill(example), PackedPackages.Library);
        await consumer.BuildAsync(Token);

        var said = await DotNet.RunAsync(north.Folder, Token, consumer.Program);

        said.Should().Contain("Completed. The staked identity is at south (the target).");
        var report = await north.Cluster.GetChainReportAsync(0, Token);
        report.RefusedVotes.Should().Be(0);
        report.DoubleVotes.Should().Be(0);
    }

    [Fact]
    public async Task Run_ExampleOfTheTestingPackage_ShowsWhatTheChainSaw()
    {
        using var folder = new TemporaryFolder();
        var example = ExampleOf(PackedPackages.Testing).Replace("/tmp/rehearsal", folder.Path, StringComparison.Ordinal);
        using var consumer = await Consumer.CreateAsync(packages, example, PackedPackages.Library, PackedPackages.Testing);
        await consumer.BuildAsync(Token);
        (await DotNet.RunAsync(folder.Path, Token, consumer.Program)).Should().Contain("slots missed");
    }

    /// <summary>The first program that a package's README shows.</summary>
    private static string ExampleOf(string id) => Example().Match(Repository.Read($"src/{id}/README.md")).Groups["code"].Value;

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Example();
}
