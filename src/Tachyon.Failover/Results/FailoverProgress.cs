using System.Globalization;
using System.Text.Json.Serialization;
using Tachyon.Failover.Decisions;

namespace Tachyon.Failover;

/// <summary>A progress report of a run. Reports come in order, but late: the state may have changed since.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class FailoverProgress : IJsonReport
{
    internal FailoverProgress()
    {
    }

    /// <summary>The names of the steps of a switchover that succeeds, in their order, for a screen that shows them before they begin.</summary>
    public static IReadOnlyList<string> StepsOfSwitchover { get; } = [.. StepTable.All.Where(static one => one.IsOfSwitchover).Select(static one => one.Step.ToString())];

    /// <summary>The name of the step, such as <c>DemoteSource</c>: as in the journal, in logs and in spans. JSON begins it with a small letter. A name never changes.</summary>
    public string Step => StepCode.ToString();

    /// <summary>How far a run is that executes this step.</summary>
    public FailoverPhase Phase => StepTable.Of(StepCode).Phase;

    internal FailoverStep StepCode { get; init; }

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
        .Add("step", StepCode)
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
