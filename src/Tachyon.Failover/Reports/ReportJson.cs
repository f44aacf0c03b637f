using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tachyon.Failover.Reports;

/// <summary>The JSON of the results, without reflection. What users have stored is read by these names: they are only added to.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FailoverResultDocument))]
[JsonSerializable(typeof(SwitchoverPlanDocument))]
[JsonSerializable(typeof(PairDiagnosisDocument))]
[JsonSerializable(typeof(RecoveryResultDocument))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>A value of an enumeration as JSON has it: its name in camel case.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>The same, of one that may be missing.</summary>
    public static string? Word<T>(T? value)
        where T : struct, Enum => value is { } known ? Word(known) : null;

    /// <summary>A duration as JSON has it: milliseconds, to the microsecond.</summary>
    public static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);

    /// <summary>The same, of one that may be missing.</summary>
    public static double? Milliseconds(TimeSpan? duration) => duration is { } known ? Milliseconds(known) : null;
}
