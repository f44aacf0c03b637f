using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tachyon.Failover.Cli.Screens;

/// <summary>A verdict of a monitor, on one line.</summary>
internal static class WatchLine
{
    public static string TextOf(MonitorVerdict verdict, string node)
    {
        var facts = new List<string>();
        if (verdict.SilentSlots is { } silent)
        {
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"{silent} slots since its last vote"));
        }

        if (verdict.Details is { } report)
        {
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"{report.Witnesses.Count(witness => witness.Failure is null)} of {report.Witnesses.Count} witnesses answer"));
            if (report.TowerCopyAgeInSlots is { } age)
            {
                facts.Add(string.Create(CultureInfo.InvariantCulture, $"tower copy {age} slots old"));
            }

            facts.AddRange(report.Warnings.Select(static warning => warning.Text));
        }

        return $"{node}: {Word(verdict.State)}: {verdict.Reason}{(facts.Count == 0 ? "" : $" ({string.Join("; ", facts)})")}";
    }

    public static string JsonOf(MonitorVerdict verdict, string node, TimeProvider time) => JsonSerializer.Serialize(
        new WatchDocument(
            1,
            time.GetUtcNow(),
            node,
            JsonNamingPolicy.CamelCase.ConvertName(verdict.State.ToString()),
            verdict.Reason,
            verdict.SilentSlots,
            Math.Round(verdict.Silence.TotalSeconds, 3),
            verdict.Details?.TowerCopySlot,
            verdict.Details?.TowerCopyAgeInSlots,
            verdict.Details?.OpenPorts,
            verdict.Details?.Witnesses.Select(witness => new WitnessDocument(witness.Name, witness.Slot, witness.LastVote, witness.Failure)).ToArray() ?? [],
            verdict.Details?.Warnings ?? []),
        WatchJson.Default.WatchDocument);

    public static string Word(MonitorState state) => state switch
    {
        MonitorState.Healthy => "healthy",
        MonitorState.Suspect => "suspect",
        MonitorState.Lost => "LOST",
        _ => "unknown",
    };
}

/// <summary>A verdict of a monitor, as one line of JSON.</summary>
internal sealed record WatchDocument(
    int Version,
    DateTimeOffset At,
    string Node,
    string State,
    string Reason,
    ulong? SilentSlots,
    double SilenceSeconds,
    ulong? TowerCopySlot,
    ulong? TowerCopyAgeInSlots,
    IReadOnlyList<string>? OpenPorts,
    IReadOnlyList<WitnessDocument> Witnesses,
    IReadOnlyList<FailoverNote> Warnings);

/// <summary>The answer of one witness.</summary>
internal sealed record WitnessDocument(string Name, ulong? Slot, ulong? LastVote, string? Failure);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WatchDocument))]
internal sealed partial class WatchJson : JsonSerializerContext;
