using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tachyon.Failover.Pairs;

/// <summary>Reads a JSON file into its places, in order. The configuration's own reader keeps no lines. Skips comments and trailing commas.</summary>
internal sealed class JsonLines
{
    private readonly byte[] _bytes;
    private readonly List<JsonPlace> _places = [];

    private JsonLines(byte[] bytes) => _bytes = bytes;

    /// <summary>The places, the file itself first; or the one error that makes the file unreadable.</summary>
    public static (IReadOnlyList<JsonPlace> Places, PairFileError? Error) Read(byte[] bytes)
    {
        var lines = new JsonLines(bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes);
        try
        {
            var reader = new Utf8JsonReader(lines._bytes, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            reader.Read();
            lines.ReadValue(ref reader, "");
            reader.Read();
        }
        catch (JsonException exception)
        {
            return ([], new PairFileError
            {
                Line = (int)(exception.LineNumber ?? 0) + 1,
                Field = "",
                Problem = string.Create(CultureInfo.InvariantCulture, $"this is no JSON, at column {(exception.BytePositionInLine ?? 0) + 1}: {exception.Message.Split(" LineNumber:")[0].TrimEnd('.')}"),
                Remedy = "mend the JSON; what is missing is often at the end of the line before: a comma, a quote, a brace",
            });
        }

        catch (InvalidOperationException exception)
        {
            // Bytes that are no UTF-8, or half of a surrogate pair. The value before is the last one that was read.
            var line = lines._places is [.., var before] ? before.Line : 1;
            return ([], new PairFileError
            {
                Line = line,
                Field = "",
                Problem = string.Create(CultureInfo.InvariantCulture, $"there is no Unicode text at or after line {line}: {exception.Message.TrimEnd('.')}"),
                Remedy = "save the file as UTF-8, and write no half of a surrogate pair such as \\ud800",
            });
        }

        return lines._places is [{ Kind: not JsonTokenType.StartObject } root, ..]
            ? ([], new PairFileError { Line = root.Line, Field = "", Problem = $"the file is {root.Words}", Remedy = "write an object: { … }" })
            : (lines._places, null);
    }

    private void ReadValue(ref Utf8JsonReader reader, string field)
    {
        var line = 1 + _bytes.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
        _places.Add(new JsonPlace(field, line, reader.TokenType, reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => null,
        }));
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                ReadValue(ref reader, string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]"));
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = reader.GetString()!;
                reader.Read();
                ReadValue(ref reader, field.Length == 0 ? name : $"{field}.{name}");
            }
        }
    }
}
