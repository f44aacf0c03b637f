using System.Text.Json.Serialization;
using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Monitoring;

/// <summary>The JSON of a pause, without reflection. Members of later versions are ignored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(MaintenancePause))]
internal sealed partial class PauseJson : JsonSerializerContext;
