using System.Text.Json.Serialization;

namespace Tachyon.Failover.Preflight;

/// <summary>The JSON of a report, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PreflightDocument))]
internal sealed partial class PreflightJson : JsonSerializerContext;
