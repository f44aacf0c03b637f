namespace Tachyon.Failover.Pairs;

/// <summary>A field that a pair file may have.</summary>
/// <param name="Pattern">The path: <c>nodes[].shell.host</c>.</param>
/// <param name="Kind">The kind of its value.</param>
/// <param name="Words">Its description, without the bounds.</param>
internal sealed record PairField(string Pattern, FieldKind Kind, string Words)
{
    public bool IsRequired { get; init; }

    /// <summary>The shell kinds that have the field; empty if it is not a shell's field, or if all have it.</summary>
    public IReadOnlyList<string> ShellKinds { get; init; } = [];

    /// <summary>The shell kinds that require the field, each with what it is to them.</summary>
    public IReadOnlyDictionary<string, string> NeededBy { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Its description in the schema and the README.</summary>
    public string Meaning => Kind.Bounds is var (least, most) ? $"{Words.TrimEnd('.')}, {least} to {most}." : Words;

    /// <summary>The last part of the path.</summary>
    public string Name => Pattern[(Pattern.LastIndexOf('.') + 1)..].Replace("[]", "", StringComparison.Ordinal);

    /// <summary>The path of the object that holds it; empty for the file itself.</summary>
    public string Parent => ParentOf(Pattern);

    public static string ParentOf(string path) => path.LastIndexOf('.') is >= 0 and var dot ? path[..dot] : "";
}
