using System.Collections.Immutable;
using System.Diagnostics;

namespace Tachyon.Failover.Mutants;

/// <summary>A copy of a built program, in which the library is exchanged.</summary>
internal sealed class ProgramCopy : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mutants-");
    private readonly string _program;

    /// <param name="folder">The folder of the built program.</param>
    /// <param name="program">The name of its assembly.</param>
    public ProgramCopy(string folder, string program)
    {
        _program = program;
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }

        // Nobody writes to those.
        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, Path.GetFileName(inner)), inner);
        }
    }

    public Task ExchangeAsync(ImmutableArray<byte> library) => File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "Tachyon.Failover.dll"), library.AsMemory());

    /// <summary>Its exit code and the last line that it printed; null if it did not end in time, or printed a line that ends it.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="limit">How long it may run.</param>
    /// <param name="ends">Whether the rest of the run does not matter after a line.</param>
    public async Task<(int Code, string Line)?> RunAsync(IEnumerable<string> arguments, TimeSpan limit, Func<string, bool> ends)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(_folder.FullName, _program), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var run = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(limit, TimeProvider.System);
        var last = "";
        try
        {
            while (await run.StandardOutput.ReadLineAsync(timeout.Token).ConfigureAwait(false) is { } line)
            {
                if (ends(line))
                {
                    return null;
                }

                last = line;
            }

            await run.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
            return (run.ExitCode, last);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            // It starts no processes. Its folder is deleted next, so wait for its end.
            run.Kill();
            await run.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
