using Tachyon.Failover.Contracts;

namespace Tachyon.Failover.IntegrationTests.Package;

/// <summary>
/// A new project of somebody else's, made with <c>dotnet new</c> and <c>dotnet add package</c>: in a folder outside of the repository, so that it inherits nothing, with the
/// packages from a folder feed beside the machine's own sources.
/// </summary>
internal sealed class Consumer : IDisposable
{
    private const string Name = "consumer";
    private readonly TemporaryFolder _folder = new();

    /// <summary>Makes the project.</summary>
    /// <param name="packages">What was packed.</param>
    /// <param name="template">The template of <c>dotnet new</c>.</param>
    /// <param name="reference">The package that it uses.</param>
    /// <param name="files">Its C# files, in the place of those that the template made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Consumer> CreateAsync(
        PackedPackages packages, string template, string reference, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        var consumer = new Consumer();
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Directory.CreateDirectory(cache);

        // What was packed here never gets into the machine's cache; what is there already is not fetched again.
        await consumer.WriteAsync(
            "nuget.config",
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{packages.Folder.File("packages")}" /></config>
              <packageSources><add key="packed" value="{packages.Feed}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{cache}" /></fallbackPackageFolders>
            </configuration>
            """);

        // What a feed says today of other packages is not what is tested.
        await consumer.WriteAsync(
            "Directory.Build.props",
            """
            <Project>
              <PropertyGroup>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);
        await DotNet.RunAsync(consumer._folder.Path, cancellationToken, "new", template, "-n", Name, "-o", ".", "--no-restore");
        foreach (var made in Directory.EnumerateFiles(consumer._folder.Path, "*.cs"))
        {
            File.Delete(made);
        }

        foreach (var (name, text) in files)
        {
            await consumer.WriteAsync(name, text);
        }

        await DotNet.RunAsync(consumer._folder.Path, cancellationToken, "add", "package", reference, "--version", packages.Version);
        return consumer;
    }

    /// <summary>Builds it, with warnings as errors.</summary>
    /// <returns>What <c>dotnet</c> is to run.</returns>
    public async Task<string> BuildAsync(CancellationToken cancellationToken)
    {
        await DotNet.RunAsync(_folder.Path, cancellationToken, "build", "--no-restore");
        return Path.Combine(_folder.Path, "bin", "Debug", "net10.0", $"{Name}.dll");
    }

    /// <summary>Publishes it for machines that have no .NET.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="properties">What kind of program it is to be.</param>
    /// <returns>The one file.</returns>
    public async Task<string> PublishAsync(CancellationToken cancellationToken, params string[] properties)
    {
        var there = _folder.File("published");

        // Every warning of the trimmer by itself, and those for all that is in the library, whether the program uses it or not.
        await WriteAsync(
            "Directory.Build.targets",
            $"""
            <Project>
              <PropertyGroup><TrimmerSingleWarn>false</TrimmerSingleWarn></PropertyGroup>
              <ItemGroup><TrimmerRootAssembly Include="{PackedPackages.Library}" /></ItemGroup>
            </Project>
            """);
        await DotNet.RunAsync(
            _folder.Path,
            cancellationToken,
            ["publish", "-r", "linux-x64", "-o", there, "-p:DebugType=none", "-p:InvariantGlobalization=true", .. properties.Select(property => $"-p:{property}")]);
        return Path.Combine(there, Name);
    }

    public void Dispose() => _folder.Dispose();

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(_folder.File(name), text);
}
