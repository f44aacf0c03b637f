using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tachyon.Failover.Pairs;

/// <summary>Reads a JSON file into its places, in order. Skips comments and trailing commas.</summary>
internal sealed class JsonLines
{
    private readonly byte[] _bytes;
    private readonly List<JsonPlace> _places = [];
    private int _countedTo;
    private int _line = 1;

    private JsonLines(byte[] bytes) => _bytes = bytes;

    /// <summary>The places, or the one error that makes the file unreadable.</summary>
    public static (IReadOnlyList<JsonPlace> Places, PairFileError? Error) Read(byte[] bytes)
    {
        var lines = new JsonLines(bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes);
        try
        {
            lines.ReadAll();
            return (lines._places, null);
        }
        catch (JsonException exception)
        {
            var line = (int)(exception.LineNumber ?? 0) + 1;
            var column = (exception.BytePositionInLine ?? 0) + 1;
            var reason = exception.Message.Split(" LineNumber:")[0].TrimEnd('.');
            return ([], new PairFileError
            {
                Line = line,
                Field = "",
                Problem = string.Create(CultureInfo.InvariantCulture, $"this is no JSON, at column {column}: {reason}"),
                Remedy = "mend the JSON; what is missing is often at the end of the line before: a comma, a quote, a brace",
            });
        }
    }

    private void ReadAll()
    {
        var reader = new Utf8JsonReader(_bytes, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        reader.Read();
        ReadValue(ref reader, "");
        reader.Read();
    }

    private void ReadValue(ref Utf8JsonReader reader, string field)
    {
        _places.Add(new JsonPlace(field, LineOf(reader.TokenStartIndex), reader.TokenType, TextOf(ref reader)));
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

    private static string? TextOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };

    private int LineOf(long at)
    {
        _line += _bytes.AsSpan(_countedTo, (int)at - _countedTo).Count((byte)'\n');
        _countedTo = (int)at;
        return _line;
    }
}
