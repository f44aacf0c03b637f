using System.Text.Json.Serialization;

namespace Tachyon.Failover.Cluster.Wire;

/// <summary>
/// The JSON of JSON-RPC, without reflection. Unused members are ignored, because new versions of the validator add
/// some. A used member must be present exactly once, with its type.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(WireRequest))]
[JsonSerializable(typeof(WireAnswer))]
[JsonSerializable(typeof(WireError))]
[JsonSerializable(typeof(WireHealth))]
[JsonSerializable(typeof(WireIdentity))]
[JsonSerializable(typeof(WireVersion))]
[JsonSerializable(typeof(WireEpochInfo))]
[JsonSerializable(typeof(WireVoteAccounts))]
[JsonSerializable(typeof(WireClusterNode[]))]
[JsonSerializable(typeof(WireBlock))]
[JsonSerializable(typeof(WireAccountInfo))]
[JsonSerializable(typeof(WireAccountInfo.ParsedData))]
[JsonSerializable(typeof(WireAccountInfo.VoteInfo))]
[JsonSerializable(typeof(Dictionary<string, ulong[]>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(ulong))]
[JsonSerializable(typeof(ulong[]))]
internal sealed partial class WireJson : JsonSerializerContext;
