namespace Tachyon.Failover.Pairs;

/// <summary>Something that is wrong with a pair file, or with what overrides it.</summary>
internal sealed record PairFileError
{
    /// <summary>The line of the file, from 1; null if it is not in the file.</summary>
    public int? Line { get; init; }

    /// <summary>What it comes from if it is not in the file: an environment variable, an option.</summary>
    public string? Origin { get; init; }

    /// <summary>The field, as a path: <c>nodes[0].shell.host</c>; empty for the file as a whole.</summary>
    public required string Field { get; init; }

    /// <summary>What is written there; null if nothing is.</summary>
    public string? Value { get; init; }

    /// <summary>What is wrong with it, without a full stop.</summary>
    public required string Problem { get; init; }

    /// <summary>What to write instead, without a full stop.</summary>
    public required string Remedy { get; init; }

    public string Place => Origin ?? (Line is { } line ? $"line {line}" : "the file");

    public override string ToString() =>
        $"{Place}: {Problem}.{Environment.NewLine}    To mend it: {Remedy}{(Remedy.EndsWith('?') ? "" : ".")}";
}
