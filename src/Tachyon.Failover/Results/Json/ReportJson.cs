using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>The JSON of the results, without reflection. Stored results depend on these names: members are only added.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(FailoverResultDocument))]
[JsonSerializable(typeof(SwitchoverPlanDocument))]
[JsonSerializable(typeof(PairDiagnosisDocument))]
[JsonSerializable(typeof(RecoveryResultDocument))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>The JSON form of an enumeration value: its name in camel case.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>The same for an optional value.</summary>
    public static string? Word<T>(T? value)
        where T : struct, Enum => value is { } known ? Word(known) : null;

    /// <summary>The JSON form of a duration: milliseconds, to the microsecond.</summary>
    public static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);

    /// <summary>The same for an optional duration.</summary>
    public static double? Milliseconds(TimeSpan? duration) => duration is { } known ? Milliseconds(known) : null;
}
