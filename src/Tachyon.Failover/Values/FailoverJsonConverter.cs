using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>
/// The JSON of a <see cref="Pubkey"/>, and of every result, report, verdict and plan: docs/json.md. The types carry it as an attribute, so that <see cref="JsonSerializer"/>
/// gives the documented form by itself, with reflection and with a source generator, and under every naming policy.
/// </summary>
/// <remarks>Thread-safe. Only a <see cref="Pubkey"/> can be read back: the library alone makes results.</remarks>
public sealed class FailoverJsonConverter : JsonConverterFactory
{
    private static readonly PubkeyConverter Pubkeys = new();
    private static readonly ReportConverter Reports = new();

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(Pubkey) || typeof(IJsonReport).IsAssignableFrom(typeToConvert);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => typeToConvert == typeof(Pubkey) ? Pubkeys : Reports;

    private sealed class ReportConverter : JsonConverter<IJsonReport>
    {
        public override bool CanConvert(Type typeToConvert) => typeof(IJsonReport).IsAssignableFrom(typeToConvert);

        public override IJsonReport Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException($"{typeToConvert.Name} is made by the library alone, and only written to JSON. Read the JSON as a {nameof(JsonDocument)}.");

        public override void Write(Utf8JsonWriter writer, IJsonReport value, JsonSerializerOptions options) => value.WriteTo(writer);
    }
}
