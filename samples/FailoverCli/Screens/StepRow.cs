namespace Tachyon.Failover.Cli.Screens;

/// <summary>A step on the screen.</summary>
internal sealed class StepRow(SwitchoverStep step)
{
    public SwitchoverStep Step => step;

    public string? Node { get; private set; }

    public CallResult? Result { get; private set; }

    public string? Note { get; private set; }

    public TimeSpan Elapsed { get; private set; }

    /// <summary>When it began, by the clock of the screen; null if it has not, or has ended.</summary>
    public long? Begun { get; private set; }

    public void Take(FailoverProgress progress, long now)
    {
        Node = progress.Node ?? Node;
        Note = progress.Note ?? Note;
        if (progress.Result is { } result)
        {
            (Result, Elapsed, Begun, Note) = (result, progress.Elapsed, null, null);
        }
        else if (Begun is null)
        {
            (Begun, Result) = (now, null);
        }
    }
}
