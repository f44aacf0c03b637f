using System.Collections.Immutable;
using System.Diagnostics;

namespace Tachyon.Failover.Mutants;

/// <summary>A copy of the built tests, in which the library is exchanged.</summary>
internal sealed class TestRun : IDisposable
{
    private const string Program = "Tachyon.Failover.Tests.dll";
    private const string Namespace = "Tachyon.Failover.Tests.Decisions";

    /// <summary>A mutant that goes round in circles does not end. Without a change the tests need a few seconds.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Those that go every way: seconds.</summary>
    private static readonly string[] Explorers = ["SwitchoverProtocolTests", "RecoverySafetyTests", "RecoveryPropertyTests", "RecoveryInterruptedTests"];

    // Run the fast tests first: they find nearly all mutants.
    private static readonly string[][] Stages =
    [
        ["-namespace", Namespace, .. Explorers.SelectMany(name => (string[])["-class-", $"{Namespace}.{name}"])],
        .. Explorers.Select(name => (string[])["-class", $"{Namespace}.{name}"]),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mutants-");

    public TestRun(string testFolder)
    {
        foreach (var file in Directory.EnumerateFiles(testFolder))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }
    }

    /// <summary>Whether all tests pass with this library.</summary>
    public async Task<bool> PassesAsync(ImmutableArray<byte> library)
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "Tachyon.Failover.dll"), library.AsMemory()).ConfigureAwait(false);
        foreach (var stage in Stages)
        {
            if (!await PassAsync(stage).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<bool> PassAsync(string[] tests)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(_folder.FullName, Program), "-noLogo", "-noColor", "-stopOnFail", .. tests]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var run = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        try
        {
            // The rest of a failed run does not matter.
            while (await run.StandardOutput.ReadLineAsync(limit.Token).ConfigureAwait(false) is { } line)
            {
                if (line.Contains("[FAIL]", StringComparison.Ordinal))
                {
                    return false;
                }
            }

            await run.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return run.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            // It starts no processes. Its folder is deleted next, so wait for its end.
            run.Kill();
            await run.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
