using System.Text.Json.Serialization;

namespace Tachyon.Failover.Rehearsal;

/// <summary>The JSON of <c>--json</c>. The counts come from the chain, not from the coordinator.</summary>
internal sealed record RehearsalReport
{
    /// <summary><c>Completed</c> if every switchover completed; otherwise the first other outcome.</summary>
    public required string Outcome { get; init; }

    public required int MissedSlots { get; init; }

    public required int RefusedVotes { get; init; }

    public required int DoubleVotes { get; init; }

    /// <summary>The longest time between the last landed vote of one node and the first of the other.</summary>
    public required double GapMilliseconds { get; init; }

    public required IReadOnlyList<SwitchoverReport> Switchovers { get; init; }
}

internal sealed record SwitchoverReport
{
    public required string Outcome { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required int MissedSlots { get; init; }

    public required int RefusedVotes { get; init; }

    public required int DoubleVotes { get; init; }

    public required double GapMilliseconds { get; init; }

    public required IReadOnlyList<StepLine> Steps { get; init; }
}

internal sealed record StepLine(string Name, string Result, double Milliseconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RehearsalReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
