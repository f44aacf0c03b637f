using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>
/// The JSON of a <see cref="Pubkey"/>, of a <see cref="RunId"/>, and of every result, report, verdict and plan: docs/json.md. The types carry it as an attribute, so that <see cref="JsonSerializer"/>
/// gives the documented form by itself, with reflection and with a source generator, and under every naming policy.
/// </summary>
/// <remarks>Thread-safe. Only a <see cref="Pubkey"/> and a <see cref="RunId"/> can be read back: the library alone makes results.</remarks>
public sealed class FailoverJsonConverter : JsonConverterFactory
{
    private static readonly JsonConverter[] All = [new TextConverter<Pubkey>($"a pubkey: it must be the base58 form of {Pubkey.Length} bytes"), new TextConverter<RunId>("a run id"), new ReportConverter()];

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => Array.Exists(All, converter => converter.CanConvert(typeToConvert));

    /// <inheritdoc/>
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Array.Find(All, converter => converter.CanConvert(typeToConvert));

    private sealed class ReportConverter : JsonConverter<IJsonReport>
    {
        public override bool CanConvert(Type typeToConvert) => typeof(IJsonReport).IsAssignableFrom(typeToConvert);

        public override IJsonReport Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException($"{typeToConvert.Name} is made by the library alone, and only written to JSON. Read the JSON as a {nameof(JsonDocument)}.");

        public override void Write(Utf8JsonWriter writer, IJsonReport value, JsonSerializerOptions options) => new ReportWriter(writer).Value(value);
    }
}
