using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>A value is its text, as a value and as the name of a member.</summary>
/// <param name="expected">What a text must be, for the error.</param>
internal sealed class TextConverter<T>(string expected) : JsonConverter<T>
    where T : IParsable<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.ToString()!);
    }

    private T Parse(string? text) => T.TryParse(text, provider: null, out var value) ? value : throw new JsonException($"'{text}' is not {expected}.");
}
