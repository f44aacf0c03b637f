using System.Globalization;

namespace Tachyon.Failover;

/// <summary>Something that happens while a switchover is under way. Reports come in order, but late: the state may have moved on.</summary>
public sealed record FailoverProgress
{
    /// <summary>The step that it is about.</summary>
    public required SwitchoverStep Step { get; init; }

    /// <summary>The name of the node on which the step is done; null for one that is about both.</summary>
    public string? Node { get; init; }

    /// <summary>What came of the step; null while it is under way.</summary>
    public CallResult? Result { get; init; }

    /// <summary>How long the step took; zero while it is under way.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How long the switchover has taken so far.</summary>
    public required TimeSpan SinceStart { get; init; }

    /// <summary>A line for a person, such as what a restart window waits for; null if there is none.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// An observer that calls an action for each report, one after the other. Unlike <see cref="Progress{T}"/> it keeps their order in a program without a
    /// synchronization context, and has handed all of them on when the switchover's result is there.
    /// </summary>
    public static IProgress<FailoverProgress> To(Action<FailoverProgress> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new ActionObserver(action);
    }

    /// <summary>The report as a line of text.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{SinceStart.TotalSeconds,8:0.000} s  {Step,-15} {Node,-8} {(Note ?? (Result is null ? "..." : FormattableString.Invariant($"{Result} ({Elapsed.TotalMilliseconds:0.#} ms)")))}");

    private sealed class ActionObserver(Action<FailoverProgress> action) : IProgress<FailoverProgress>
    {
        public void Report(FailoverProgress value) => action(value);
    }
}
