using System.Globalization;

namespace Tachyon.Failover;

/// <summary>Something that happens while a switchover is under way. Reports come in order, but late: the state may have moved on.</summary>
public sealed record FailoverProgress
{
    /// <summary>The step that it is about.</summary>
    public required SwitchoverStep Step { get; init; }

    /// <summary>What came of the step; null while it is under way.</summary>
    public CallResult? Result { get; init; }

    /// <summary>How long the step took, or has taken so far.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How long the switchover has taken so far.</summary>
    public required TimeSpan SinceStart { get; init; }

    /// <summary>A line for a person, such as what a restart window waits for; null if there is none.</summary>
    public string? Note { get; init; }

    /// <summary>The report as a line of text.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{SinceStart.TotalSeconds,8:0.000} s  {Step,-15} {(Note ?? (Result is null ? "..." : $"{Result} ({Elapsed.TotalMilliseconds:0.#} ms)"))}");
}
