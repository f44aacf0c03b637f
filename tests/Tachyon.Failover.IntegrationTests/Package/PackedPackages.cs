using System.Globalization;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Package;

/// <summary>Both packages, packed as for a release, in a folder that serves as a feed. Nothing is built into the repository's own folders.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    public const string Library = "Tachyon.Failover";
    public const string Testing = "Tachyon.Failover.Testing";

    public TemporaryFolder Folder { get; } = new();

    /// <summary>A version of this run alone: no cache can hold an older package under it.</summary>
    public string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.1.0-test.{TimeProvider.System.GetUtcNow():yyyyMMddHHmmssfff}");

    public string Feed => Folder.File("feed");

    public string PackageFile(string id) => Path.Combine(Feed, $"{id}.{Version}.nupkg");

    public string SymbolsFile(string id) => Path.Combine(Feed, $"{id}.{Version}.snupkg");

    /// <summary>The assembly that the packages were made of.</summary>
    public string Assembly(string id) => AssemblyIn("build", id);

    public async ValueTask InitializeAsync()
    {
        foreach (var id in (string[])[Library, Testing])
        {
            await DotNet.RunAsync(Repository.Root, CancellationToken.None, ["pack", Project(id), "-o", Feed, .. Options("build")]);
        }
    }

    /// <summary>The assembly that <see cref="BuildAgainAsync"/> made.</summary>
    public string AssemblyBuiltAgain(string id) => AssemblyIn("again", id);

    /// <summary>Builds a project, and what it needs, anew in another place.</summary>
    /// <remarks>In a separate compiler process: random seeds differ from process to process, and must not show.</remarks>
    public Task BuildAgainAsync(string id, CancellationToken cancellationToken) =>
        DotNet.RunAsync(Repository.Root, cancellationToken, ["build", Project(id), .. Options("again"), "-p:UseSharedCompilation=false"]);

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Project(string id) => $"src/{id}/{id}.csproj";

    private string AssemblyIn(string place, string id) => Path.Combine(Folder.File(place), "bin", id, "release", id + ".dll");

    // The analyzers change nothing in the packages, and take longer than the compiler; the build of the solution runs them. The build folder is mapped away, as the SDK maps the repository: in a release it is inside the repository.
    private string[] Options(string place) =>
        ["-c", "Release", "-p:RunAnalyzers=false", "--artifacts-path", Folder.File(place), $"-p:Version={Version}", "-p:ContinuousIntegrationBuild=true", $"-p:PathMap={Folder.File(place)}=/_/artifacts"];
}
