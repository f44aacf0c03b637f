using System.Globalization;
using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>A progress report of a run. Reports come in order, but late: the state may have changed since.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class FailoverProgress : IJsonReport
{
    internal FailoverProgress()
    {
    }

    /// <summary>The step of the report.</summary>
    public FailoverStep Step { get; internal init; }

    /// <summary>The name of the node on which the step runs; null for a step on both.</summary>
    public string? Node { get; internal init; }

    /// <summary>The result of the step; null while it runs.</summary>
    public CallResult? Result { get; internal init; }

    /// <summary>How long the step took; zero while it runs.</summary>
    public TimeSpan Elapsed { get; internal init; }

    /// <summary>How long the switchover has taken so far.</summary>
    public TimeSpan SinceStart { get; internal init; }

    /// <summary>A line for the operator, such as what a restart window waits for; null if there is none.</summary>
    public string? Note { get; internal init; }

    /// <summary>
    /// An observer that calls an action for each report, one after the other. Unlike <see cref="Progress{T}"/> it keeps their order in a program without a
    /// synchronization context, and has passed on all of them when the switchover's result is returned.
    /// </summary>
    public static IProgress<FailoverProgress> To(Action<FailoverProgress> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new ActionObserver(action);
    }

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("step", Step)
        .Add("node", Node)
        .Add("result", Result)
        .Add("elapsedMilliseconds", Elapsed)
        .Add("sinceStartMilliseconds", SinceStart)
        .Add("note", Note);

    /// <summary>The report as a line of text.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{SinceStart.TotalSeconds,8:0.000} s  {Step,-15} {Node,-8} {(Note ?? (Result is null ? "..." : FormattableString.Invariant($"{Result} ({Elapsed.TotalMilliseconds:0.#} ms)")))}");

    private sealed class ActionObserver(Action<FailoverProgress> action) : IProgress<FailoverProgress>
    {
        public void Report(FailoverProgress value) => action(value);
    }
}
