using System.Text.Json.Serialization;
using Tachyon.Failover.Testing.StandIns.Cluster;
using Tachyon.Failover.Testing.StandIns.Launching;

namespace Tachyon.Failover.Testing.StandIns.Wire;

/// <summary>The JSON between the processes, without reflection, so that they start fast.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WireMessage))]
[JsonSerializable(typeof(ClusterProcessOptions))]
[JsonSerializable(typeof(ChainReport))]
[JsonSerializable(typeof(ControlMessage))]
internal sealed partial class WireJson : JsonSerializerContext;
