using Tachyon.Failover.Contracts;

namespace Tachyon.Failover.IntegrationTests.Package;

/// <summary>
/// A new console project of somebody else's: in a folder outside of the repository, so that it inherits nothing, with the packages from a folder
/// feed beside the machine's own sources.
/// </summary>
internal sealed class Consumer : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The program, once it is built.</summary>
    public string Program => Path.Combine(_folder.Path, "bin", "Debug", "net10.0", "consumer.dll");

    public static async Task<Consumer> CreateAsync(PackedPackages packages, string program, params string[] references)
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
              <config><add key="globalPackagesFolder" value="{consumer._folder.File("packages")}" /></config>
              <packageSources><add key="packed" value="{packages.Feed}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{cache}" /></fallbackPackageFolders>
            </configuration>
            """);
        await consumer.WriteAsync(
            "consumer.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <!-- What a feed says today of other packages is not what is tested. -->
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(references.Select(id => $"<PackageReference Include=\"{id}\" Version=\"{packages.Version}\" />"))}
              </ItemGroup>
            </Project>
            """);
        await consumer.WriteAsync("Program.cs", program);
        return consumer;
    }

    public Task BuildAsync(CancellationToken cancellationToken) => DotNet.RunAsync(_folder.Path, cancellationToken, "build");

    public void Dispose() => _folder.Dispose();

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(_folder.File(name), text);
}
