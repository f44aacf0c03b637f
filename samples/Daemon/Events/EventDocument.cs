using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tachyon.Failover.Daemon.Events;

/// <summary>An event as JSON. Members may be added under one version; no member is removed or changes its meaning.</summary>
internal sealed record EventDocument(
    int Version, string Event, DateTimeOffset At, string Daemon, string StakedIdentity, string? Source, string? Target, string? State, string? Outcome, string? Evidence, string? Reason, IReadOnlyList<string> Details, bool IsUrgent)
{
    public static EventDocument Of(DaemonEvent happened, string daemon, string identity) => new(
        1, happened.Name, happened.At, daemon, identity, happened.Source, happened.Target, Word(happened.State), Word(happened.Outcome), Word(happened.Evidence), happened.Reason, happened.Details, happened.IsUrgent);

    private static string? Word(string? value) => value is null ? null : JsonNamingPolicy.CamelCase.ConvertName(value);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EventDocument))]
internal sealed partial class EventJson : JsonSerializerContext;
