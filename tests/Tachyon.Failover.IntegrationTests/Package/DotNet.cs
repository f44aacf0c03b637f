using System.Diagnostics;
using FluentAssertions;

namespace Tachyon.Failover.IntegrationTests.Package;

/// <summary>Runs the SDK's <c>dotnet</c> as a user would, without this process's environment.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static string Program =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
        ?? (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet");

    /// <summary>Runs it to its end and fails the test, with what it printed, unless it exits with 0.</summary>
    /// <returns>The output.</returns>
    public static Task<string> RunAsync(string folder, CancellationToken cancellationToken, params string[] arguments) => RunAsync(Program, folder, cancellationToken, arguments);

    /// <summary>The same with another program, and with nothing but the system's in its PATH.</summary>
    public static Task<string> RunPublishedAsync(string program, string folder, CancellationToken cancellationToken) => RunAsync(program, folder, cancellationToken);

    private static async Task<string> RunAsync(string program, string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // `dotnet run` and `dotnet test` set the path of their own MSBuild here, and CI would change the build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name == "CI").ToList())
        {
            start.Environment.Remove(name);
        }

        if (program != Program)
        {
            start.Environment["PATH"] = "/usr/bin:/bin";
            foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DOTNET", StringComparison.OrdinalIgnoreCase)).ToList())
            {
                start.Environment.Remove(name);
            }
        }

        // The solution's own build has run them.
        start.Environment["RunAnalyzers"] = "false";

        // A compiler that is warm compiles in a tenth of the time.
        start.Environment["UseSharedCompilation"] = "true";

        // No process may outlive the test: it would keep the folders open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken).WaitAsync(Patience, TimeProvider.System, cancellationToken);
            var text = await output + await errors;
            process.ExitCode.Should().Be(0, "{0} {1} printed:\n{2}", program, string.Join(' ', arguments), text);
            return text;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
