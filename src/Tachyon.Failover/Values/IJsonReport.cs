using System.Text;
using System.Text.Json;

namespace Tachyon.Failover;

/// <summary>A result, report or verdict that writes its documented JSON by itself.</summary>
internal interface IJsonReport
{
    /// <summary>Writes one object. Stored JSON depends on its names: members are only added.</summary>
    void WriteTo(Utf8JsonWriter writer);

    /// <summary>A report as text.</summary>
    static string Text(IJsonReport report, bool indented)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = indented }))
        {
            report.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>The JSON form of an enumeration value: its name in camel case.</summary>
    static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>The same for an optional value.</summary>
    static string? Word<T>(T? value)
        where T : struct, Enum => value is { } known ? Word(known) : null;

    /// <summary>The JSON form of a duration: milliseconds, to the microsecond.</summary>
    static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);

    /// <summary>The same for an optional duration.</summary>
    static double? Milliseconds(TimeSpan? duration) => duration is { } known ? Milliseconds(known) : null;

    /// <summary>Writes a number that may be unknown.</summary>
    static void Write(Utf8JsonWriter writer, string name, ulong? value)
    {
        if (value is { } known)
        {
            writer.WriteNumber(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    /// <summary>Writes a fact that may be unknown.</summary>
    static void Write(Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } known)
        {
            writer.WriteBoolean(name, known);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    /// <summary>Writes a list of words; null if it is unknown.</summary>
    static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string>? words)
    {
        if (words is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (var word in words)
        {
            writer.WriteStringValue(word);
        }

        writer.WriteEndArray();
    }
}
