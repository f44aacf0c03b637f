using System.Globalization;
using System.Text.Json;

namespace Tachyon.Failover.Pairs;

/// <summary>What each kind of field takes, and how it is told. Pure.</summary>
internal static class FieldValue
{
    /// <summary>Whether JSON of this token can be a value of this kind.</summary>
    public static bool Takes(FieldKind kind, JsonTokenType token) => kind switch
    {
        FieldKind.Whole or FieldKind.Number => token == JsonTokenType.Number,
        FieldKind.Flag => token is JsonTokenType.True or JsonTokenType.False,
        FieldKind.Object => token == JsonTokenType.StartObject,
        FieldKind.Objects or FieldKind.Texts => token == JsonTokenType.StartArray,
        _ => token == JsonTokenType.String,
    };

    /// <summary>What to write for a field.</summary>
    public static string Asked(PairField field) => field.Kind switch
    {
        FieldKind.Whole => "a whole number, without quotes",
        FieldKind.Number => "a number, without quotes, such as 0.05",
        FieldKind.Flag => "true or false, without quotes",
        FieldKind.Object => "an object: { … }",
        FieldKind.Objects when field.Entries == 2 => "a list of two objects: [ { … }, { … } ]",
        FieldKind.Objects => "a list of objects: [ { … } ]",
        FieldKind.Texts => "a list of texts: [ \"…\" ]",
        FieldKind.Duration => "a duration in quotes, such as \"30s\", or leave it out",
        FieldKind.Choice => $"one of \"{string.Join("\", \"", field.Choices)}\"",
        _ => "a text in quotes, or leave it out",
    };

    /// <summary>The value in the form that binds, in which null is none; or the problem, as it follows the field's name, and the remedy.</summary>
    public static (string? Value, string? Problem, string Remedy) Read(PairField field, string text)
    {
        switch (field.Kind)
        {
            case FieldKind.Duration when field.MayBeNone && text == PairFields.None:
                return (null, null, "");
            case FieldKind.Duration:
                return DurationText.TryParse(text, out var duration)
                    ? InBounds(field, duration, DurationText.Parse, DurationText.Of) ?? (duration.ToString("c", CultureInfo.InvariantCulture), null, "")
                    : Wrong(", which is no duration", DurationText.Remedy);
            case FieldKind.Whole:
                return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                    ? InBounds(field, whole, bound => int.Parse(bound, CultureInfo.InvariantCulture), value => value.ToString(CultureInfo.InvariantCulture)) ?? (text, null, "")
                    : Wrong(", which is no whole number", "write one, without quotes");
            case FieldKind.Number when !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _):
                return Wrong(", which is no number", "write one, without quotes, such as 0.05");
            case FieldKind.Flag when !bool.TryParse(text, out _):
                return Wrong("", "write true or false, without quotes");
            case FieldKind.Choice when !field.Choices.Contains(text):
                return Wrong("", $"write one of {string.Join(", ", field.Choices)}{(Spelling.Nearest(text, field.Choices) is { } near ? $"; did you mean {near}?" : "")}");
            default:
                return (text, null, "");
        }

        (string?, string?, string) Wrong(string why, string remedy) => (null, $"is \"{text}\"{why}", remedy);
    }

    private static (string?, string?, string)? InBounds<T>(PairField field, T value, Func<string, T> parse, Func<T, string> words)
        where T : IComparable<T> =>
        field.Bounds is var (least, most) && (value.CompareTo(parse(least)) < 0 || value.CompareTo(parse(most)) > 0)
            ? (null, $"is {words(value)}", $"it must be from {words(parse(least))} to {words(parse(most))}")
            : null;
}
