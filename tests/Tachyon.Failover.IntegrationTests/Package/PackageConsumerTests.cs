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

    /// <summary>A pair that is kept for as long as the program runs, and its preflight in the log.</summary>
    private static readonly Dictionary<string, string> Worker = new(StringComparer.Ordinal)
    {
        ["Program.cs"] =
            """
            using Tachyon.Failover;
            using Tachyon.Failover.Shells;
            using Watch;

            var builder = Host.CreateApplicationBuilder(args);
            builder.Services.AddSingleton(services => new FailoverCoordinator(loggerFactory: services.GetRequiredService<ILoggerFactory>()));
            builder.Services.AddSingleton(services =>
            {
                ValidatorNodeSettings Node(string name) => new()
                {
                    Name = name, Ledger = "/mnt/ledger", IdentityLink = "/home/sol/identity.json", StakedKeypair = "/home/sol/staked.json", UnstakedKeypair = "/home/sol/unstaked.json",
                };
                var identity = Pubkey.Parse("AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq");
                var logs = services.GetRequiredService<ILoggerFactory>();
                return new ShellValidatorPair(
                    identity, Node("a"), new OpenSshShell(new OpenSshShellOptions { Host = "north" }, logs), Node("b"), new LocalShell(), loggerFactory: logs);
            });
            builder.Services.AddHostedService<Lookout>();
            builder.Build().Run();
            """,
        ["Lookout.cs"] =
            """
            using Tachyon.Failover;

            namespace Watch;

            public sealed class Lookout(FailoverCoordinator coordinator, ShellValidatorPair nodes, ILogger<Lookout> logger) : BackgroundService
            {
                protected override async Task ExecuteAsync(CancellationToken stoppingToken)
                {
                    while (!stoppingToken.IsCancellationRequested)
                    {
                        var report = await coordinator.PreflightAsync(nodes.FromAToB, stoppingToken);
                        logger.LogInformation("Ready for a switchover: {IsClear}", report.IsClear);
                        await Task.Delay(TimeSpan.FromMinutes(1), stoppingToken);
                    }
                }
            }
            """,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Readme_OfTheRepositoryAndOfThePackage_ShowTheSameExample() =>
        Example().Match(Repository.Read("README.md")).Groups["code"].Value.Should().Be(ExampleOf(PackedPackages.Library));

    /// <summary>
    /// Built as a stranger builds it, then published as one trimmed file, which needs no .NET where it runs, and does the whole switchover. On request, since it takes more than a minute of one core:
    /// <c>-explicit only</c>.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Publish_ExampleOfTheLibraryAsOneTrimmedFile_MovesTheIdentityBetweenStandIns()
    {
        var example = ExampleOf(PackedPackages.Library);
        example.Split('\n').Should().HaveCountLessThan(MostLinesOfTheExample, "a stranger embeds it in 15 lines, and the usings");
        await using var north = new ExampleNodes();
        await north.StartAsync(Token);
        using var consumer = await ConsoleAsync(PackedPackages.Library, north.Fill(example));
        await consumer.BuildAsync(Token);
        var program = await consumer.PublishAsync(Token, "SelfContained=true", "PublishSingleFile=true", "PublishTrimmed=true");
        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(program)!).Should().Equal([program], "one file is easy to copy");

        await SwitchAsync(program, north);
    }

    /// <summary>On request, since it takes two thirds of a minute of one core: <c>-explicit only</c>. Needs a C compiler, as native AOT does.</summary>
    [Fact(Explicit = true)]
    public async Task Publish_ExampleOfTheLibraryAsNativeCode_MovesTheIdentityBetweenStandIns()
    {
        await using var north = new ExampleNodes();
        await north.StartAsync(Token);
        using var consumer = await ConsoleAsync(PackedPackages.Library, north.Fill(ExampleOf(PackedPackages.Library)));

        await SwitchAsync(await consumer.PublishAsync(Token, "PublishAot=true", "CppCompilerAndLinker=gcc", "StripSymbols=false"), north);
    }

    [Fact]
    public async Task Build_AWorkerThatProbesEveryMinute_HasNoWarning()
    {
        using var consumer = await Consumer.CreateAsync(packages, "worker", PackedPackages.Library, Worker, Token);
        await consumer.BuildAsync(Token);
    }

    [Fact]
    public async Task Run_ExamplesOfTheTestingPackage_SayWhatTheJudgeAndTheChainSaw()
    {
        using var folder = new TemporaryFolder();
        var examples = Example().Matches(Repository.Read($"src/{PackedPackages.Testing}/README.md")).Select(match => match.Groups["code"].Value).ToList();
        examples[0].Split('\n').Should().HaveCountLessThanOrEqualTo(9, "five lines, and the usings");
        using var consumer = await ConsoleAsync(PackedPackages.Testing, InOneProgram(examples).Replace("/tmp/rehearsal", folder.Path, StringComparison.Ordinal));

        var said = await DotNet.RunAsync(folder.Path, Token, await consumer.BuildAsync(Token));

        said.Should().Contain("Completed. The staked identity is at b (the target).").And.Contain("DoneAnswerLost at TakeStakedIdentity on b").And.Contain("slots missed");
    }

    private Task<Consumer> ConsoleAsync(string reference, string program) =>
        Consumer.CreateAsync(packages, "console", reference, new Dictionary<string, string>(StringComparer.Ordinal) { ["Program.cs"] = program }, Token);

    private static async Task SwitchAsync(string program, ExampleNodes nodes)
    {
        var said = await DotNet.RunPublishedAsync(program, nodes.Folder, Token);

        said.Should().Contain("Completed. The staked identity is at south (the target).");
        var report = await nodes.Cluster.GetChainReportAsync(0, Token);
        report.RefusedVotes.Should().Be(0);
        report.DoubleVotes.Should().Be(0);
    }

    /// <summary>All usings, and after them each example in its own block.</summary>
    private static string InOneProgram(IEnumerable<string> examples)
    {
        var lines = examples.Select(example => example.Split('\n')).ToList();
        var usings = lines.SelectMany(example => example.Where(IsUsing)).Distinct(StringComparer.Ordinal);
        return string.Join('\n', usings.Concat(lines.SelectMany(example => example.Where(line => !IsUsing(line)).Prepend("{").Append("}"))));

        static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=', StringComparison.Ordinal);
    }

    /// <summary>The first program that a package's README shows.</summary>
    private static string ExampleOf(string id) => Example().Match(Repository.Read($"src/{id}/README.md")).Groups["code"].Value;

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Example();
}
