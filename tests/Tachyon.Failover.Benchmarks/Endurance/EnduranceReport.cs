using System.Globalization;
using System.Text.Json.Serialization;

namespace Tachyon.Failover.Benchmarks.Endurance;

/// <summary>What came of it.</summary>
internal sealed record EnduranceReport
{
    public required ShellKind Shell { get; init; }

    public required int Switchovers { get; init; }

    /// <summary>The first result that was not <see cref="FailoverOutcome.Completed"/>, in full; null if all were.</summary>
    public required string? Failure { get; init; }

    /// <summary>How often a switchover was refused before anything was touched, and asked for again.</summary>
    public required int Refusals { get; init; }

    public required int RefusedVotes { get; init; }

    public required double Seconds { get; init; }

    /// <summary>After the first two, there and back.</summary>
    public required ResourceCount First { get; init; }

    public required ResourceCount Last { get; init; }

    /// <summary>What is more at the end than then.</summary>
    public required IReadOnlyList<string> Leaks { get; init; }

    public bool IsGood => Failure is null && Leaks.Count == 0 && RefusedVotes == 0;

    public override string ToString() =>
        $"{Switchovers} switchovers in {Seconds.ToString("0", CultureInfo.InvariantCulture)} s, {Refusals} refused and asked for again, {RefusedVotes} refused votes. "
            + (Failure is not null ? $"The last one failed: {Failure}" : Leaks.Count > 0 ? $"Leaks: {string.Join("; ", Leaks)}" : "Nothing is left of them.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(EnduranceReport))]
internal sealed partial class EnduranceJson : JsonSerializerContext;
