using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>The JSON of the results, without reflection. Stored results depend on these names: members are only added.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ProgressDocument))]
[JsonSerializable(typeof(FailoverResultDocument))]
[JsonSerializable(typeof(SwitchoverPlanDocument))]
[JsonSerializable(typeof(PairDiagnosisDocument))]
[JsonSerializable(typeof(RecoveryResultDocument))]
internal sealed partial class ReportJson : JsonSerializerContext;
