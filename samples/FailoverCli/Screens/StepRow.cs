namespace Tachyon.Failover.Cli.Screens;

/// <summary>A step on the screen.</summary>
internal sealed class StepRow(string step)
{
    public string Step => step;

    public string? Node { get; private set; }

    public CallResult? Result { get; private set; }

    public string? Note { get; private set; }

    public TimeSpan Elapsed { get; private set; }

    /// <summary>When the step began, by the screen's clock; null before it begins and after it ends.</summary>
    public long? Begun { get; private set; }

    /// <summary>A step's name in words: "move source link".</summary>
    public static string Words(string step) => string.Concat(step.Select(static (letter, index) => char.IsUpper(letter) && index > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

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
