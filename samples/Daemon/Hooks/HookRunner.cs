using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Daemon.Events;

namespace Tachyon.Failover.Daemon.Hooks;

/// <summary>Runs the operator's commands, without a shell. A command gets only the environment variables that find programs and homes: the others may hold secrets.</summary>
internal sealed class HookRunner(string pairPath, string identity, TimeProvider time, ILogger<HookRunner> logger)
{
    private const int MostLines = 100;
    private const int MostCharacters = 500;

    private static readonly string[] Inherited = ["PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TMPDIR"];

    /// <summary>How long to read an output that a command's children hold open after the command has ended.</summary>
    private static readonly TimeSpan Leftover = TimeSpan.FromSeconds(1);

    /// <summary>Runs a command to its end. At its limit, kills it and its children.</summary>
    /// <returns>Why it failed; null if it succeeded.</returns>
    public async Task<string?> RunAsync(HookSettings hook, DaemonEvent about)
    {
        var begun = time.GetTimestamp();
        var failure = await TryAsync(hook, about);
        logger.HookEnded(hook.Name, about.Name, failure ?? "done", (long)time.GetElapsedTime(begun).TotalMilliseconds);
        return failure;
    }

    private async Task<string?> TryAsync(HookSettings hook, DaemonEvent about)
    {
        using var process = new Process { StartInfo = StartOf(hook, about) };
        try
        {
            process.Start();
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            return $"it could not be started: {exception.Message}";
        }

        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(hook.Limit, time);
        using var over = new CancellationTokenSource();
        var reading = Task.WhenAll(LogAsync(hook, process.StandardOutput, over.Token), LogAsync(hook, process.StandardError, over.Token));
        string? failure;
        try
        {
            await process.WaitForExitAsync(limit.Token);
            failure = process.ExitCode == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"it ended with {process.ExitCode}");
        }
        catch (OperationCanceledException)
        {
            failure = $"it took longer than {DurationText.Of(hook.Limit)}, and was killed";
            Kill(process);
        }

        over.CancelAfter(Leftover);
        await reading;
        return failure;
    }

    private ProcessStartInfo StartOf(HookSettings hook, DaemonEvent about)
    {
        var start = new ProcessStartInfo(hook.Command[0], hook.Command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        foreach (var (name, value) in VariablesOf(about))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>The environment variables of a command.</summary>
    private IEnumerable<(string Name, string Value)> VariablesOf(DaemonEvent about) =>
    [
        ("TACHYON_EVENT", about.Name),
        ("TACHYON_PAIR", pairPath),
        ("TACHYON_IDENTITY", identity),
        ("TACHYON_SOURCE", about.Source ?? ""),
        ("TACHYON_TARGET", about.Target ?? ""),
        ("TACHYON_OUTCOME", about.Outcome ?? ""),
        ("TACHYON_EVIDENCE", about.Evidence ?? ""),
        ("TACHYON_REASON", (about.Reason ?? "").Replace('\0', ' ')),
    ];

    private async Task LogAsync(HookSettings hook, StreamReader output, CancellationToken cancellationToken)
    {
        try
        {
            for (var count = 0; await output.ReadLineAsync(cancellationToken) is { } line; count++)
            {
                // Read and drop the rest: a full pipe would block the command.
                if (count < MostLines)
                {
                    logger.HookSaid(hook.Name, ForeignText.Clean(line, MostCharacters));
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // A child of the command still holds the output open.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // The process has just ended, or the child belongs to another user.
        }
    }
}
