using System.Globalization;
using Tachyon.Failover.Cli.Commands;

namespace Tachyon.Failover.Cli.Screens;

/// <summary>Shows the verdicts of a monitor: one rewritten line on a terminal, otherwise a line for each change, or every verdict as JSON.</summary>
internal sealed class WatchScreen(CommandRun run, string node) : IProgress<MonitorVerdict>
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromMinutes(1);

    private readonly bool _isLive = run.Surroundings.IsTerminal && !run.IsJson && !run.Parsed.GetValue(CommonOptions.Plain);
    private MonitorState? _told;
    private long _toldAt;
    private bool _hasLine;

    public void Report(MonitorVerdict value)
    {
        try
        {
            if (run.IsJson)
            {
                Write($"{WatchLine.JsonOf(value, node, run.Time)}\n");
            }
            else if (_isLive)
            {
                Live(value);
            }
            else if (_told != value.State || run.Time.GetElapsedTime(_toldAt) >= SignOfLife)
            {
                Write($"{Now}  {WatchLine.TextOf(value, node)}\n");
                (_told, _toldAt) = (value.State, run.Time.GetTimestamp());
            }
        }
        catch (IOException)
        {
            // The terminal is gone.
        }
    }

    /// <summary>Leaves the line.</summary>
    public void End()
    {
        if (_hasLine)
        {
            Write("\n");
        }
    }

    private string Now => string.Create(CultureInfo.InvariantCulture, $"{run.Time.GetUtcNow():yyyy-MM-dd HH:mm:ss'Z'}");

    // A state that is over stays above the line.
    private void Live(MonitorVerdict value)
    {
        if (_told is { } told && told != value.State)
        {
            Write("\n");
        }

        _told = value.State;
        var line = $"{Now}  {WatchLine.TextOf(value, node)}".ReplaceLineEndings(" ");
        var width = Math.Max(20, run.Surroundings.Width - 1);
        Write($"\r\e[2K{(line.Length > width ? $"{line[..(width - 1)]}…" : line)}");
        _hasLine = true;
    }

    private void Write(string text)
    {
        run.Surroundings.Out.Write(text);
        run.Surroundings.Out.Flush();
    }
}
