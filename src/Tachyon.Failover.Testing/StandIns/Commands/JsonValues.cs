using System.Text.Json;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>Parameters of calls as JSON, without reflection.</summary>
internal static class JsonValues
{
    public static JsonElement Of(object value)
    {
        if (value is JsonElement element)
        {
            return element;
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, value);
        }

        using var json = JsonDocument.Parse(stream.ToArray());
        return json.RootElement.Clone();
    }

    /// <summary>The JSON that a writer writes.</summary>
    public static JsonElement Of(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            write(writer);
        }

        using var json = JsonDocument.Parse(stream.ToArray());
        return json.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case IReadOnlyDictionary<string, string> members:
                writer.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    writer.WriteString(name, member);
                }

                writer.WriteEndObject();
                break;
            default:
                throw new ArgumentException($"A {value.GetType()} is no parameter.", nameof(value));
        }
    }
}
