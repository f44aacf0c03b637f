using System.Text.Json;

namespace Tachyon.Failover.Pairs;

/// <summary>Compares what is given with <see cref="PairFields"/>: reports missing and unknown fields and wrong values, and passes the right values on.</summary>
internal sealed class ShapeCheck(PairConfiguration configuration, PairSettings settings, string homeFolder)
{
    public void Run()
    {
        foreach (var (first, second) in configuration.Duplicates)
        {
            settings.Add(new PairFileError { Line = second.Line, Field = second.Field, Value = second.Text, Problem = FormattableString.Invariant($"{second.Field} is written twice, first in line {first.Line}"), Remedy = "leave one of them out" });
        }

        foreach (var (place, field) in configuration.Renamed)
        {
            settings.Notes.Add($"{place}: {field} is called {PairFields.Renamed[field]} now. It was read; rename it.");
        }

        foreach (var field in configuration.Fields)
        {
            var pattern = JsonPlace.PatternOf(field);
            if (PairFields.Find(pattern) is { } known)
            {
                CheckShellKind(field, known);
                Check(field, known.Kind);
            }
            else if (pattern.EndsWith("[]", StringComparison.Ordinal) && PairFields.Find(pattern[..^2]) is { } list)
            {
                CheckShellKind(field[..field.LastIndexOf('[')], list);
                Check(field, list.Kind.Entry);
            }
            else if (PairFields.Gone.TryGetValue(pattern, out var reason))
            {
                settings.Notes.Add(FormattableString.Invariant($"{configuration.OriginOf(field) ?? $"line {configuration.Place(field)?.Line}"}: {field} is gone and does nothing: {reason}. Take it out."));
            }
            else
            {
                AddUnknown(field, pattern);
            }
        }

        foreach (var known in PairFields.All)
        {
            Require(known);
        }
    }

    private void Check(string field, FieldKind? kind)
    {
        var place = PlaceOf(field);
        if (place is not null && kind?.Takes(place.Kind) == false)
        {
            settings.Add(field, $"{field} is {place.Words}", $"write {kind.Asked}");
        }
        else if (place?.Kind == JsonTokenType.StartArray && !configuration.Entries(field).Any())
        {
            settings[field] = "";
        }
        else if (kind is { JsonType: not ("object" or "array") } && configuration[field] is { } text)
        {
            var (value, problem, remedy) = kind.Read(text);
            if (!settings.AddIf(problem is not null, field, $"{field} {problem}", remedy))
            {
                settings[field] = kind.IsLocalPath && (value == "~" || value?.StartsWith("~/", StringComparison.Ordinal) == true) ? homeFolder + value[1..] : value;
            }
        }
    }

    /// <summary>Reports a field of another shell kind. It would otherwise be ignored silently.</summary>
    private void CheckShellKind(string field, PairField known)
    {
        if (known.ShellKinds.Count > 0 && KindAt(field, known) is { } kind)
        {
            settings.AddIf(!known.ShellKinds.Contains(kind), field, $"{field} is for kind {string.Join(" and ", known.ShellKinds)}, and this one's is {kind}", "leave it out, or change the kind");
        }
    }

    /// <summary>The kind of the shell that has the field; null if it is missing or wrong.</summary>
    private string? KindAt(string field, PairField known) =>
        configuration[$"{PairField.ParentOf(field)}.kind"] is { } kind && PairFields.Find($"{known.Parent}.kind")!.Kind.Choices.Contains(kind) ? kind : null;

    private void AddUnknown(string field, string pattern)
    {
        // The error of the unknown or wrong parent covers its fields. A variable may name a field whose parent nobody gives.
        var parent = PairField.ParentOf(pattern);
        var holder = parent.EndsWith("[]", StringComparison.Ordinal) ? parent[..^2] : parent;
        if (holder.Length == 0 || configuration.Place(PairField.ParentOf(field)) is null || PairFields.Find(holder) is { Kind: { JsonType: "object" } or { Entry.JsonType: "object" } })
        {
            var names = PairFields.In(parent).Select(known => known.Name).ToList();
            var remedy = Spelling.Nearest(pattern[(pattern.LastIndexOf('.') + 1)..], names) is { } near
                ? $"did you mean {near}? Otherwise leave it out"
                : names.Count == 0 ? "leave it out"
                : $"leave it out; {(parent.Length == 0 ? "the file" : PairField.ParentOf(field))} may have {string.Join(", ", names)}";
            settings.Add(field, $"there is no field {field}", remedy);
        }
    }

    private void Require(PairField known)
    {
        foreach (var field in FieldsOf(known))
        {
            var parent = PairField.ParentOf(field);
            var remedy = known.IsRequired ? $"add {known.Name}. {known.Meaning.TrimEnd('.')}"
                : known.NeededBy.Count > 0 && KindAt(field, known) is { } kind && known.NeededBy.TryGetValue(kind, out var meaning) ? $"add {known.Name}; kind {kind} needs {meaning}"
                : null;
            if (remedy is not null)
            {
                // The error of the missing or wrong object covers its fields.
                var isTold = parent.Length > 0 && (!configuration.Has(parent) || settings.HasErrorAt(parent));
                settings.AddIf(!isTold && !configuration.Has(field), field, $"{field} is missing", remedy);

                if (known.Kind.JsonType == "string")
                {
                    // The library's checks take no null for these.
                    settings[field] ??= "";
                }
            }
        }

        if (known.Kind.Entries is { } asked && PlaceOf(known.Pattern)?.Kind == JsonTokenType.StartArray && configuration.Entries(known.Pattern).Count() is var count && count != asked)
        {
            settings.Add(known.Pattern, FormattableString.Invariant($"{known.Pattern} has {count} {(count == 1 ? "entry" : "entries")}"), "a pair has two nodes: write both, and no other");
        }
    }

    /// <summary>The paths of a field: one for each entry of its list.</summary>
    private IEnumerable<string> FieldsOf(PairField known) => known.Pattern.Split("[]") is [var list, var rest]
        ? configuration.Entries(list).Take(PairFields.Find(list)!.Kind.Entries ?? int.MaxValue).Select(entry => entry + rest)
        : [known.Pattern];

    /// <summary>The place of the value that counts; null if it is not in the file.</summary>
    private JsonPlace? PlaceOf(string field) => configuration.OriginOf(field) is null ? configuration.Place(field) : null;
}
