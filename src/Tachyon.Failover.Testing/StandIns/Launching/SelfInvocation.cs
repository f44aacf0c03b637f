using System.Reflection;

namespace Tachyon.Failover.Testing.StandIns.Launching;

/// <summary>
/// Starts this assembly as a process from any program that has loaded it: <c>dotnet exec</c> with that program's own
/// runtime configuration and dependencies, which contain everything that this assembly needs.
/// </summary>
internal static class SelfInvocation
{
    private static readonly Lazy<IReadOnlyList<string>> Found = new(Find);

    /// <summary>The program, and the arguments that come before the role.</summary>
    /// <exception cref="StandInException">No .NET was found, or the program is a single file.</exception>
    public static IReadOnlyList<string> Command => Found.Value;

    private static List<string> Find()
    {
        var folder = AppContext.BaseDirectory;
        var assembly = Path.Combine(folder, "Tachyon.Failover.Testing.dll");
        var host = Assembly.GetEntryAssembly()?.GetName().Name;
        if (!File.Exists(assembly))
        {
            throw new StandInException($"The stand-ins are processes of {assembly}, which is not there. A program of a single file cannot start them.");
        }

        // The assembly's own configuration exists only with a project reference, not with a package.
        var command = new List<string> { FindDotnet(), "exec" };
        var runtime = FirstFile(folder, $"{host}.runtimeconfig.json", "Tachyon.Failover.Testing.runtimeconfig.json")
            ?? throw new StandInException($"There is no {host}.runtimeconfig.json in {folder}, and without it the stand-ins cannot be started.");
        command.AddRange(["--runtimeconfig", runtime]);
        if (FirstFile(folder, $"{host}.deps.json", "Tachyon.Failover.Testing.deps.json") is { } dependencies)
        {
            command.AddRange(["--depsfile", dependencies]);
        }

        command.Add(assembly);
        return command;
    }

    private static string? FirstFile(string folder, params string[] names) =>
        names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static string FindDotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var candidates = new List<string?>
        {
            Environment.ProcessPath is { } process && Path.GetFileName(process) == name ? process : null,
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"),
            runtime is null ? null : Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", name)),
            InFolder(Environment.GetEnvironmentVariable("DOTNET_ROOT"), name),
        };
        candidates.AddRange((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => InFolder(folder, name)));
        return candidates.FirstOrDefault(File.Exists) ?? throw new StandInException("There is no dotnet program to start the stand-ins with.");
    }

    private static string? InFolder(string? folder, string name) => string.IsNullOrEmpty(folder) ? null : Path.Combine(folder, name);
}
