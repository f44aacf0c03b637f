using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tachyon.Failover.Pairs;

/// <summary>A value in a JSON file, and its position.</summary>
/// <param name="Field">The path, as in <c>nodes[0].shell</c>.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Kind">The first token of the value.</param>
/// <param name="Text">The value; null for objects, arrays and null.</param>
internal sealed partial record JsonPlace(string Field, int Line, JsonTokenType Kind, string? Text)
{
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

    /// <summary>A path without its numbers: <c>nodes[].shell</c>.</summary>
    public static string PatternOf(string field) => Index().Replace(field, "[]");

    [GeneratedRegex(@"\[\d+\]", RegexOptions.None, 1000)]
    private static partial Regex Index();
}
