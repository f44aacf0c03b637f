namespace Tachyon.Failover.Pairs;

/// <summary>A field that a pair file may have.</summary>
/// <param name="Pattern">Where it is: <c>nodes[].shell.host</c>.</param>
/// <param name="Kind">What may be written for it.</param>
/// <param name="Meaning">What it is, for the schema and the README.</param>
internal sealed record PairField(string Pattern, FieldKind Kind, string Meaning)
{
    /// <summary>Whether it must be there.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The words of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The shell kinds that have it; empty if it is none of a shell's, or all have it.</summary>
    public IReadOnlyList<string> ShellKinds { get; init; } = [];

    /// <summary>How many entries a list of objects has; null for any number.</summary>
    public int? Entries { get; init; }

    /// <summary>Whether "none" may be written for a duration.</summary>
    public bool MayBeNone { get; init; }

    /// <summary>The last part of the path.</summary>
    public string Name => Pattern[(Pattern.LastIndexOf('.') + 1)..].Replace("[]", "", StringComparison.Ordinal);

    /// <summary>The object that holds it; empty for the file itself.</summary>
    public string Parent => Pattern.LastIndexOf('.') is >= 0 and var dot ? Pattern[..dot] : "";
}
