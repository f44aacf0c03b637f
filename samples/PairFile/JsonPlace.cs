using System.Text.Json;

namespace Tachyon.Failover.Pairs;

/// <summary>A value in a JSON file, and its position.</summary>
/// <param name="Field">The path, as in <c>nodes[0].shell</c>.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Kind">The first token of the value.</param>
/// <param name="Text">The value; null for objects and arrays.</param>
internal sealed record JsonPlace(string Field, int Line, JsonTokenType Kind, string? Text)
{
    public bool IsContainer => Kind is JsonTokenType.StartObject or JsonTokenType.StartArray;

    /// <summary>The path without the numbers: <c>nodes[].shell</c>.</summary>
    public string Pattern => PatternOf(Field);

    /// <summary>The value in words.</summary>
    public string Words => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => $"the text \"{Text}\"",
        JsonTokenType.Null => "null",
        JsonTokenType.Number => $"the number {Text}",
        _ => Text ?? "",
    };

    public static string PatternOf(string field) => string.Concat(field.Split('[').Select((part, index) => index == 0 ? part : $"[{part[part.IndexOf(']', StringComparison.Ordinal)..]}"));
}
