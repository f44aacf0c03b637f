namespace Tachyon.Failover.Pairs;

/// <summary>A field that a pair file may have.</summary>
/// <param name="Pattern">The path: <c>nodes[].shell.host</c>.</param>
/// <param name="Kind">The kind of its value.</param>
/// <param name="Words">Its description, without the bounds.</param>
internal sealed record PairField(string Pattern, FieldKind Kind, string Words)
{
    /// <summary>Whether the field is required.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The allowed words of a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The shell kinds that have the field; empty if it is not a shell's field, or if all have it.</summary>
    public IReadOnlyList<string> ShellKinds { get; init; } = [];

    /// <summary>The shell kinds that require the field, each with what it is to them.</summary>
    public IReadOnlyDictionary<string, string> NeededBy { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The number of entries of a list of objects; null for any number.</summary>
    public int? Entries { get; init; }

    /// <summary>Whether a duration may be "none".</summary>
    public bool MayBeNone { get; init; }

    /// <summary>Whether it is a path of this machine, in which ~ is the home folder.</summary>
    public bool IsLocalPath { get; init; }

    /// <summary>The least and the greatest value, as in the file; null if the library checks the bounds.</summary>
    public (string Least, string Most)? Bounds { get; init; }

    /// <summary>Its description in the schema and the README.</summary>
    public string Meaning => Bounds is var (least, most) ? $"{Words.TrimEnd('.')}, {least} to {most}." : Words;

    /// <summary>The last part of the path.</summary>
    public string Name => Pattern[(Pattern.LastIndexOf('.') + 1)..].Replace("[]", "", StringComparison.Ordinal);

    /// <summary>The path of the object that holds it; empty for the file itself.</summary>
    public string Parent => Pattern.LastIndexOf('.') is >= 0 and var dot ? Pattern[..dot] : "";
}
