using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tachyon.Failover.Pairs;

/// <summary>Reads values from a <see cref="PairConfiguration"/> and collects the errors. Each field has at most one error: the first.</summary>
internal sealed partial class SettingReader(PairConfiguration configuration, string homeFolder)
{
    private readonly List<PairFileError> _errors = [];
    private readonly List<string> _notes = [];

    /// <summary>The errors, in the order of the file.</summary>
    public IReadOnlyList<PairFileError> Errors => [.. _errors.OrderBy(error => error.Line ?? int.MaxValue)];

    /// <summary>Notes that are no errors, a sentence each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public void Add(PairFileError error)
    {
        if (error.Field.Length == 0 || !_errors.Exists(other => string.Equals(other.Field, error.Field, StringComparison.Ordinal)))
        {
            _errors.Add(error);
        }
    }

    public void Add(string field, string problem, string remedy) => Add(configuration.ErrorAt(field, problem, remedy));

    public bool HasErrorAt(string field) => _errors.Exists(error => error.Field == field);

    public bool HasErrorIn(string field) => _errors.Exists(error => error.Field.StartsWith(field, StringComparison.Ordinal));

    public string? Text(string field) => configuration[field];

    /// <summary>A path of this machine. ~ is the home folder.</summary>
    public string? LocalPath(string field) => Text(field) is { } path && (path == "~" || path.StartsWith("~/", StringComparison.Ordinal)) ? homeFolder + path[1..] : Text(field);

    public int? Whole(string field)
    {
        if (Text(field) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Add(field, $"{field} is {Quoted(text)}, which is no whole number", "write one, without quotes");
        return null;
    }

    public double? Number(string field)
    {
        if (Text(field) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Add(field, $"{field} is {Quoted(text)}, which is no number", "write one, without quotes, such as 0.05");
        return null;
    }

    public bool? Flag(string field)
    {
        if (Text(field) is not { } text)
        {
            return null;
        }

        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        Add(field, $"{field} is {Quoted(text)}", "write true or false, without quotes");
        return null;
    }

    public TimeSpan? Duration(string field)
    {
        if (Text(field) is not { } text)
        {
            return null;
        }

        if (DurationText.TryParse(text, out var duration))
        {
            return duration;
        }

        Add(field, $"{field} is {Quoted(text)}, which is no duration", DurationText.Remedy);
        return null;
    }

    /// <summary>One of the field's words, in the spelling of the list.</summary>
    public string? Choice(string field)
    {
        var choices = PairFields.Find(JsonPlace.PatternOf(field))!.Choices;
        if (Text(field) is not { } text)
        {
            return null;
        }

        if (choices.FirstOrDefault(choice => choice == text) is { } found)
        {
            return found;
        }

        var near = Spelling.Nearest(text, choices);
        Add(field, $"{field} is {Quoted(text)}", $"write one of {string.Join(", ", choices)}{(near is null ? "" : $"; did you mean {near}?")}");
        return null;
    }

    public IReadOnlyList<string>? Texts(string field) =>
        configuration.Place(field) is null && configuration.Count(field) == 0
            ? null
            : [.. Enumerable.Range(0, configuration.Count(field)).Select(index => Text(string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]")) ?? "")];

    /// <summary>Adds the library's errors in the options. Each sentence begins with the option's name and has its remedy after a semicolon.</summary>
    /// <param name="parent">The object that holds the fields; empty for the file itself.</param>
    /// <param name="sentences">The sentences.</param>
    public void AddFromLibrary(string parent, IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            var name = sentence[..sentence.AsSpan().IndexOf(' ')];
            var field = parent.Length == 0 ? FieldName(name) : $"{parent}.{FieldName(name)}";
            var words = OptionName().Replace(sentence[name.Length..].TrimEnd('.'), match => FieldName(match.Value));
            var cut = words.IndexOf("; ", StringComparison.Ordinal);
            Add(field, $"{field}{(cut < 0 ? words : words[..cut])}", cut < 0 ? "write another value" : words[(cut + 2)..]);
        }
    }

    /// <summary>The given value, for messages.</summary>
    public static string Quoted(string text) => $"\"{text}\"";

    /// <summary>Reports values of the wrong kind and unknown fields. Notes fields that are no longer read.</summary>
    public void CheckShape()
    {
        foreach (var (first, second) in configuration.Duplicates)
        {
            Add(new PairFileError { Line = second.Line, Field = second.Field, Value = second.Text, Problem = string.Create(CultureInfo.InvariantCulture, $"{second.Field} is written twice, first in line {first.Line}"), Remedy = "leave one of them out" });
        }

        foreach (var (field, place, origin) in configuration.Fields.ToList())
        {
            var pattern = JsonPlace.PatternOf(field);
            if (PairFields.Find(pattern) is { } known)
            {
                CheckKind(field, known, place);
            }
            else if (pattern.EndsWith("[]", StringComparison.Ordinal) && PairFields.Find(pattern[..^2]) is { } list)
            {
                CheckItem(field, list, place);
            }
            else if (PairFields.Gone.TryGetValue(pattern, out var reason))
            {
                _notes.Add($"{origin ?? $"line {place?.Line}"}: {field} is gone and does nothing: {reason}. Take it out.");
            }
            else
            {
                AddUnknown(field, pattern, place, origin);
            }
        }
    }

    private void CheckKind(string field, PairField known, JsonPlace? place)
    {
        if (place is not null && !Allowed(known.Kind).Contains(place.Kind))
        {
            Add(field, $"{field} is {place.Words}", $"write {Asked(known)}");
        }
    }

    private void CheckItem(string field, PairField list, JsonPlace? place)
    {
        var asked = list.Kind switch { FieldKind.Objects => JsonTokenType.StartObject, FieldKind.Texts => JsonTokenType.String, _ => JsonTokenType.None };
        if (place is not null && asked != JsonTokenType.None && place.Kind != asked)
        {
            Add(field, $"{field} is {place.Words}", asked == JsonTokenType.StartObject ? "write an object: { … }" : "write a text in quotes");
        }
    }

    private void AddUnknown(string field, string pattern, JsonPlace? place, string? origin)
    {
        // The error of the unknown or wrong parent covers its fields.
        var dot = pattern.LastIndexOf('.');
        var parent = dot < 0 ? "" : pattern[..dot];
        var holder = parent.EndsWith("[]", StringComparison.Ordinal) ? parent[..^2] : parent;
        if (holder.Length > 0 && PairFields.Find(holder) is not { Kind: FieldKind.Object or FieldKind.Objects })
        {
            return;
        }

        var names = PairFields.In(parent).Select(known => known.Name).ToList();
        var name = pattern[(dot + 1)..];
        var near = Spelling.Nearest(name, names);
        Add(new PairFileError
        {
            Line = place?.Line,
            Origin = origin,
            Field = field,
            Value = configuration[field],
            Problem = $"there is no field {field}",
            Remedy = near is null ? $"leave it out; {(parent.Length == 0 ? "the file" : field[..field.LastIndexOf('.')])} may have {string.Join(", ", names)}" : $"did you mean {near}? Otherwise leave it out",
        });
    }

    private static JsonTokenType[] Allowed(FieldKind kind) => kind switch
    {
        FieldKind.Whole or FieldKind.Number => [JsonTokenType.Number],
        FieldKind.Flag => [JsonTokenType.True, JsonTokenType.False],
        FieldKind.Object => [JsonTokenType.StartObject],
        FieldKind.Objects or FieldKind.Texts => [JsonTokenType.StartArray],
        _ => [JsonTokenType.String],
    };

    private static string Asked(PairField field) => field.Kind switch
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

    private static string FieldName(string option) => string.Join('.', option.Split('.').Select(part =>
    {
        var index = part.IndexOf('[', StringComparison.Ordinal);
        var (name, rest) = index < 0 ? (part, "") : (part[..index], part[index..]);
        return PairFields.LibraryNames.GetValueOrDefault(name, char.ToLowerInvariant(name[0]) + name[1..]) + rest;
    }));

    [GeneratedRegex(@"\b(LostAfter|LostSlots|HealthySlots|HaltedAfter|MinimumIdle|RollbackTimeout|KeepAliveInterval|StakedKeypair|UnstakedKeypair|IdentityLink)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OptionName();
}
