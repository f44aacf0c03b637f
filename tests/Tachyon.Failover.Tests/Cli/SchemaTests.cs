using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentAssertions;
using Tachyon.Failover.Cli;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.Tests.Cli;

/// <summary>The schema, the README and the reader agree on the pair file.</summary>
public sealed class SchemaTests
{
    private const string Schema = "samples/FailoverCli/pair.schema.json";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema is generated from the reader's list of fields, so that an editor reports the same errors as the program.</summary>
    [Fact]
    public void Schema_OfThePairFile_IsWhatTheReaderReads()
    {
        var schema = ObjectOf("");
        var text = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "The pair file of tachyon-failover",
        };
        foreach (var (name, value) in schema.ToList())
        {
            schema.Remove(name);
            text[name] = value;
        }

        Recording.ShouldHold(Schema, text.ToJsonString(Layout).ReplaceLineEndings("\n") + "\n", exact: true);
    }

    [Fact]
    public void Readme_OfTheProgram_HasEveryField() => MadeDocs.ShouldHold("samples/FailoverCli/README.md", "fields", string.Join('\n', (string[])
    [
        "| field | | |", "|---|---|---|",
        .. PairFields.All.Select(field => $"| `{field.Pattern}` | {field.Kind.Name}{(field.IsRequired ? ", required" : "")} | {field.Meaning}{(field.ShellKinds.Count == 1 ? $" Kind {field.ShellKinds[0]} only." : "")} |"),
    ]));

    [Fact]
    public void Readme_OfTheProgram_HasEveryExitCode() => MadeDocs.ShouldHold("samples/FailoverCli/README.md", "exit codes", string.Join('\n', (string[])
    [
        "| code | |", "|---|---|", .. ExitCode.All.Select(code => FormattableString.Invariant($"| {code.Code} | {code.Meaning} |")),
    ]));

    private static JsonObject ObjectOf(string pattern)
    {
        var fields = PairFields.In(pattern).ToList();
        var made = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. fields.Where(field => field.IsRequired).Select(field => (JsonNode)field.Name)]),
            ["properties"] = new JsonObject(fields.Select(field => new KeyValuePair<string, JsonNode?>(field.Name, Described(field)))),
        };
        if (fields.Exists(field => field.ShellKinds.Count > 0))
        {
            made["allOf"] = new JsonArray([.. PairFields.Find($"{pattern}.kind")!.Kind.Choices.Select(kind => (JsonNode)OnlyFor(kind, fields))]);
        }

        return made;
    }

    /// <summary>A shell of one kind has no field of the other kinds, and requires its own.</summary>
    private static JsonObject OnlyFor(string kind, List<PairField> fields) => new()
    {
        ["if"] = new JsonObject { ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["const"] = kind } } },
        ["then"] = new JsonObject
        {
            ["required"] = new JsonArray([.. fields.Where(field => field.NeededBy.ContainsKey(kind)).Select(field => (JsonNode)field.Name)]),
            ["properties"] = new JsonObject(fields.Where(field => field.ShellKinds.Count > 0 && !field.ShellKinds.Contains(kind)).Select(field => new KeyValuePair<string, JsonNode?>(field.Name, false))),
        },
    };

    private static JsonObject Described(PairField field)
    {
        var value = ValueOf(field.Kind, field.Pattern);
        value.Insert(0, "description", field.Meaning);
        return value;
    }

    private static JsonObject ValueOf(FieldKind kind, string pattern)
    {
        var value = kind switch
        {
            { JsonType: "object" } => ObjectOf(pattern),
            { Choices.Count: > 0 } => new JsonObject { ["enum"] = new JsonArray([.. kind.Choices.Select(choice => (JsonNode)choice)]) },
            _ => new JsonObject { ["type"] = kind.JsonType },
        };
        if (kind.Entries is { } count)
        {
            (value["minItems"], value["maxItems"]) = (count, count);
        }

        if (kind.Entry is not null)
        {
            value["items"] = ValueOf(kind.Entry, $"{pattern}[]");
        }

        if (kind.Pattern is not null)
        {
            value["pattern"] = kind.Pattern;
        }

        // Durations are texts. Their bounds are in the description.
        if (kind is { JsonType: "integer", Bounds: var (least, most) })
        {
            (value["minimum"], value["maximum"]) = (int.Parse(least, CultureInfo.InvariantCulture), int.Parse(most, CultureInfo.InvariantCulture));
        }

        return value;
    }
}
