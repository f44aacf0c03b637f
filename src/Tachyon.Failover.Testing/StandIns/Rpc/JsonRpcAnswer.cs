using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tachyon.Failover.Testing.StandIns.Rpc;

/// <summary>Writes answers as the real program does: <c>jsonrpc</c>, then result or error, then the id, then a line end.</summary>
internal static class JsonRpcAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Result(JsonElement id, Action<Utf8JsonWriter> writeResult) =>
        Write(id, writer =>
        {
            writer.WritePropertyName("result");
            writeResult(writer);
        });

    public static byte[] Error(JsonElement id, JsonRpcException error) =>
        Write(id, writer =>
        {
            writer.WriteStartObject("error");
            writer.WriteNumber("code", error.Code);
            writer.WriteString("message", error.Message);
            writer.WriteEndObject();
        });

    private static byte[] Write(JsonElement id, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            write(writer);
            writer.WritePropertyName("id");
            id.WriteTo(writer);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }
}
