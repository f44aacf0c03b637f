using System.Text.Json;

namespace Tachyon.Failover;

/// <summary>
/// Writes the members of a result in their documented form: an enumeration value is its name in camel case, a duration is milliseconds to the microsecond,
/// and what is unknown is null.
/// </summary>
internal sealed class ReportWriter(Utf8JsonWriter json)
{
    public ReportWriter Add(string name, string? value) => Member(name, value is not null, () => json.WriteStringValue(value));

    public ReportWriter Add(string name, Pubkey? value) => Add(name, value?.ToString());

    public ReportWriter Add(string name, RunId value) => Add(name, value.ToString());

    public ReportWriter Add(string name, bool? value) => Member(name, value.HasValue, () => json.WriteBooleanValue(value!.Value));

    public ReportWriter Add(string name, int? value) => Member(name, value.HasValue, () => json.WriteNumberValue(value!.Value));

    public ReportWriter Add(string name, ulong? value) => Member(name, value.HasValue, () => json.WriteNumberValue(value!.Value));

    public ReportWriter Add(string name, TimeSpan? value) => Member(name, value.HasValue, () => json.WriteNumberValue(Math.Round(value!.Value.TotalMilliseconds, 3)));

    public ReportWriter Add(string name, DateTimeOffset value) => Member(name, isKnown: true, () => json.WriteStringValue(value));

    public ReportWriter Add<T>(string name, T value)
        where T : struct, Enum => Add(name, Word(value));

    public ReportWriter Add<T>(string name, T? value)
        where T : struct, Enum => Add(name, value is { } known ? Word(known) : null);

    public ReportWriter Add(string name, IEnumerable<string>? values) => List(name, values, json.WriteStringValue);

    public ReportWriter Add(string name, IEnumerable<ulong>? values) => List(name, values, json.WriteNumberValue);

    public ReportWriter Add(string name, IEnumerable<IJsonReport> values) => List(name, values, Value);

    public ReportWriter Add(string name, IJsonReport? value) => Member(name, value is not null, () => Value(value!));

    public ReportWriter Add(string name, IReadOnlyDictionary<string, string> values)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        return this;
    }

    public void Value(IJsonReport report)
    {
        json.WriteStartObject();
        report.WriteTo(this);
        json.WriteEndObject();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private ReportWriter Member(string name, bool isKnown, Action write)
    {
        json.WritePropertyName(name);
        if (isKnown)
        {
            write();
        }
        else
        {
            json.WriteNullValue();
        }

        return this;
    }

    private ReportWriter List<T>(string name, IEnumerable<T>? values, Action<T> write) => Member(name, values is not null, () =>
    {
        json.WriteStartArray();
        foreach (var value in values!)
        {
            write(value);
        }

        json.WriteEndArray();
    });
}
