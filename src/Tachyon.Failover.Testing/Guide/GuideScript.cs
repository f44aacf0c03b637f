using System.Diagnostics;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Testing.Guide;

/// <summary>
/// A failover as in the validator guide's script: the active node takes its unstaked identity, its link is moved, the tower is
/// copied at once, the inactive node takes the staked identity, its link is moved. It shows why the library is needed: the
/// copied tower often lacks the last vote, and then up to 31 votes in a row are refused.
/// </summary>
/// <remarks>Any thread. Undoes nothing when a step fails, just as the guide.</remarks>
public static class GuideScript
{
    private static readonly string[] LocalShell = ["sh", "-c"];

    /// <summary>Moves the staked identity.</summary>
    /// <param name="active">The node that runs the staked identity.</param>
    /// <param name="inactive">The node that will run it.</param>
    /// <param name="activeShell">
    /// The words that run a command line on the active node. The command line is appended as the last word: for example <c>ssh -p 2201 sol@127.0.0.1</c>,
    /// one word for each entry. Null runs it locally.
    /// </param>
    /// <param name="inactiveShell">The same for the inactive node.</param>
    /// <param name="pause">How long the script waits between the demotion and the copy, as an operator's <c>ssh</c> and <c>scp</c> take it; zero for the steps back to back.</param>
    /// <param name="cancellationToken">Kills the running command, and leaves everything as it is.</param>
    /// <returns>Each step's time and output. The script stops at the first failed step.</returns>
    public static async Task<GuideScriptRun> RunAsync(
        StandInNode active,
        StandInNode inactive,
        IReadOnlyList<string>? activeShell = null,
        IReadOnlyList<string>? inactiveShell = null,
        TimeSpan pause = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(active);
        ArgumentNullException.ThrowIfNull(inactive);
        var on = activeShell ?? LocalShell;
        var off = inactiveShell ?? LocalShell;
        var isLocal = activeShell is null && inactiveShell is null;
        var steps = new List<GuideScriptStep>();
        foreach (var (name, run) in new (string, Func<Task<GuideScriptStep>>)[]
        {
            ("active: set-identity unstaked", () => CommandAsync(on, $"{Program(active)} set-identity {Quote(active.UnstakedKeypair)}", input: null, cancellationToken)),
            ("active: move the link", () => CommandAsync(on, $"ln -sf {Quote(active.UnstakedKeypair)} {Quote(active.IdentityLink)}", input: null, cancellationToken)),
            ("copy the tower", () => CopyLaterAsync(pause, active, inactive, on, off, isLocal, cancellationToken)),
            ("inactive: set-identity staked", () => CommandAsync(off, $"{Program(inactive)} set-identity --require-tower {Quote(inactive.StakedKeypair)}", input: null, cancellationToken)),
            ("inactive: move the link", () => CommandAsync(off, $"ln -sf {Quote(inactive.StakedKeypair)} {Quote(inactive.IdentityLink)}", input: null, cancellationToken)),
        })
        {
            var step = await run().ConfigureAwait(false) with { Name = name };
            steps.Add(step);
            if (step.ExitCode != 0)
            {
                break;
            }
        }

        return new GuideScriptRun { Steps = steps };
    }

    private static async Task<GuideScriptStep> CopyLaterAsync(
        TimeSpan pause, StandInNode active, StandInNode inactive, IReadOnlyList<string> on, IReadOnlyList<string> off, bool isLocal, CancellationToken cancellationToken)
    {
        await Task.Delay(pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        return await CopyAsync(active, inactive, on, off, isLocal, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<GuideScriptStep> CopyAsync(
        StandInNode active, StandInNode inactive, IReadOnlyList<string> on, IReadOnlyList<string> off, bool isLocal, CancellationToken cancellationToken)
    {
        if (isLocal)
        {
            return await CommandAsync(on, $"cp {Quote(active.StakedTower)} {Quote(inactive.StakedTower)}", input: null, cancellationToken).ConfigureAwait(false);
        }

        // The same as scp between the two nodes, by way of this machine.
        var read = await CommandAsync(on, $"cat {Quote(active.StakedTower)}", input: null, cancellationToken).ConfigureAwait(false);
        if (read.ExitCode != 0)
        {
            return read;
        }

        var written = await CommandAsync(off, $"cat > {Quote(inactive.StakedTower)}", read.Bytes, cancellationToken).ConfigureAwait(false);
        return written with { Duration = read.Duration + written.Duration };
    }

    private static async Task<GuideScriptStep> CommandAsync(IReadOnlyList<string> shell, string command, byte[]? input, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var start = new ProcessStartInfo(shell[0])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in shell.Skip(1).Append(command))
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output, CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        if (input is not null)
        {
            await process.StandardInput.BaseStream.WriteAsync(input, CancellationToken.None).ConfigureAwait(false);
        }

        process.StandardInput.Close();
        await reading.ConfigureAwait(false);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new GuideScriptStep
        {
            Name = "",
            Duration = TimeProvider.System.GetElapsedTime(started),
            ExitCode = process.ExitCode,
            Errors = await errors.ConfigureAwait(false),
            Bytes = output.ToArray(),
        };
    }

    private static string Program(StandInNode node) => $"{Quote(node.Program)} -l {Quote(node.Ledger)}";

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
