using System.Text.RegularExpressions;
using FluentAssertions;
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
    public async Task Build_ExampleOfTheLibrary_HasNoWarning()
    {
        var example = ExampleOf(PackedPackages.Library);
        example.Split('\n').Should().HaveCountLessThan(MostLinesOfTheExample, "a stranger embeds it in 15 lines, and the usings");
        using var consumer = await Consumer.CreateAsync(packages, example, PackedPackages.Library);
        await consumer.BuildAsync(Token);
        File.Exists(consumer.Program).Should().BeTrue();

        // Here it will be run against the stand-ins: put their hosts, ports, keys and folders in the place of the example's, build, and
        // DotNet.RunAsync(folder, Token, consumer.Program) must exit with 0 and print "Completed".
    }

    [Fact]
    public async Task Run_ExampleOfTheTestingPackage_SaysHello()
    {
        using var consumer = await Consumer.CreateAsync(packages, ExampleOf(PackedPackages.Testing), PackedPackages.Library, PackedPackages.Testing);
        await consumer.BuildAsync(Token);
        (await DotNet.RunAsync(Path.GetDirectoryName(consumer.Program)!, Token, consumer.Program)).Should().Contain("hello from there");
    }

    /// <summary>The first program that a package's README shows.</summary>
    private static string ExampleOf(string id) => Example().Match(Repository.Read($"src/{id}/README.md")).Groups["code"].Value;

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Example();
}
