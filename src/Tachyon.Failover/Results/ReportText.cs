using System.Globalization;
using System.Text;

namespace Tachyon.Failover;

/// <summary>Text that several results share.</summary>
internal static class ReportText
{
    /// <summary>The outcome, as a sentence begins.</summary>
    public static string Words(FailoverOutcome outcome) => outcome == FailoverOutcome.RolledBack ? "Rolled back" : outcome.ToString();

    /// <summary>Where the identity is, as a sentence.</summary>
    public static string Place(IdentityLocation place, string source, string target) => place switch
    {
        IdentityLocation.Source => $"The staked identity is at {source} (the source).",
        IdentityLocation.Target => $"The staked identity is at {target} (the target).",
        IdentityLocation.Neither => "The staked identity is at neither node: no node votes.",
        _ => "It is unknown where the staked identity is.",
    };

    /// <summary>A duration as text: short ones in milliseconds, then in seconds, then in minutes.</summary>
    public static string Duration(TimeSpan duration) => duration.TotalSeconds switch
    {
        < 0.01 => FormattableString.Invariant($"{duration.TotalMilliseconds:0.#} ms"),
        < 1 => FormattableString.Invariant($"{duration.TotalMilliseconds:0} ms"),
        < 10 => FormattableString.Invariant($"{duration.TotalSeconds:0.0} s"),
        < 120 => FormattableString.Invariant($"{duration.TotalSeconds:0} s"),
        _ => FormattableString.Invariant($"{duration.TotalMinutes:0.0} min"),
    };

    /// <summary>A time as text, in UTC.</summary>
    public static string Moment(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Joins the lines of a host's text.</summary>
    public static string OnOneLine(string words) => words.ReplaceLineEndings(" ");

    /// <summary>Appends a line for each pending demotion.</summary>
    public static StringBuilder AppendPending(this StringBuilder text, IEnumerable<FailoverNote> pending)
    {
        foreach (var note in pending)
        {
            text.AppendLine().Append($"Pending{(note.Node is { } node ? $" on {node}" : "")}: {OnOneLine(note.Text)}");
        }

        return text;
    }

    /// <summary>Appends a line for each note and for each task of the operator.</summary>
    public static StringBuilder AppendNotes(this StringBuilder text, IEnumerable<FailoverNote> notes, IEnumerable<OperatorAction> actions, string todo)
    {
        foreach (var line in notes.Select(note => $"Note: {OnOneLine(note.Text)}").Concat(actions.Select(action => $"{todo} {action}")))
        {
            text.AppendLine().Append(line);
        }

        return text;
    }
}
