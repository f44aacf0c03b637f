namespace Tachyon.Failover.Pairs;

/// <summary>An error in a pair file, or in a setting that overrides it.</summary>
internal sealed record PairFileError
{
    /// <summary>The line of the file, from 1; null if it is not in the file.</summary>
    public int? Line { get; init; }

    /// <summary>The environment variable or option that gives the value; null if it is in the file.</summary>
    public string? Origin { get; init; }

    /// <summary>The field, as a path: <c>nodes[0].shell.host</c>; empty for the file as a whole.</summary>
    public required string Field { get; init; }

    /// <summary>The given value; null if there is none.</summary>
    public string? Value { get; init; }

    /// <summary>The problem, without a full stop.</summary>
    public required string Problem { get; init; }

    /// <summary>The remedy, without a full stop.</summary>
    public required string Remedy { get; init; }

    public string Place => Origin ?? (Line is { } line ? $"line {line}" : "the file");

    public override string ToString() =>
        $"{Place}: {Problem}.{Environment.NewLine}    To mend it: {Remedy}{(Remedy.EndsWith('?') ? "" : ".")}";
}
