using Tachyon.Failover.Contracts;

namespace Tachyon.Failover.IntegrationTests.Package;

/// <summary>
/// A new project of a user, made with <c>dotnet new</c> and <c>dotnet add package</c>. It is outside of the repository, so that it inherits nothing. It takes the
/// packages from a folder feed beside the machine's own sources.
/// </summary>
internal sealed class Consumer : IDisposable
{
    private const string Name = "consumer";
    private readonly TemporaryFolder _folder = new();

    /// <summary>Makes the project.</summary>
    /// <param name="packages">The packed packages.</param>
    /// <param name="template">The template of <c>dotnet new</c>.</param>
    /// <param name="reference">The package that it uses.</param>
    /// <param name="files">Its C# files, which replace those of the template.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<Consumer> CreateAsync(
        PackedPackages packages, string template, string reference, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        var consumer = new Consumer();
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Directory.CreateDirectory(cache);

        // The machine's cache never gets the packages of this build. Other packages may come from the cache.
        await consumer.WriteAsync(
            "nuget.config",
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{packages.Folder.File("packages")}" /></config>
              <packageSources><add key="packed" value="{packages.Feed}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{cache}" /></fallbackPackageFolders>
            </configuration>
            """);

        // The test does not depend on the other packages of a feed.
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
    /// <returns>The file for <c>dotnet</c> to run.</returns>
    public async Task<string> BuildAsync(CancellationToken cancellationToken)
    {
        await DotNet.RunAsync(_folder.Path, cancellationToken, "build", "--no-restore");
        return Path.Combine(_folder.Path, "bin", "Debug", "net10.0", $"{Name}.dll");
    }

    /// <summary>Publishes it for machines that have no .NET.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="properties">The properties of the published program.</param>
    /// <returns>The published file.</returns>
    public async Task<string> PublishAsync(CancellationToken cancellationToken, params string[] properties)
    {
        var there = _folder.File("published");

        // Each warning of the trimmer separately, also for library code that the program does not use.
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
