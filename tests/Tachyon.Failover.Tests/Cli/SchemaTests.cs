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
        .. PairFields.All.Select(field => $"| `{field.Pattern}` | {Kind(field)}{(field.IsRequired ? ", required" : "")} | {field.Meaning}{(field.ShellKinds.Count == 1 ? $" Kind {field.ShellKinds[0]} only." : "")} |"),
    ]));

    [Fact]
    public void Readme_OfTheProgram_HasEveryExitCode() => MadeDocs.ShouldHold("samples/FailoverCli/README.md", "exit codes", string.Join('\n', (string[])
    [
        "| code | |", "|---|---|", .. ExitCode.All.Select(code => FormattableString.Invariant($"| {code.Code} | {code.Meaning} |")),
    ]));

    private static string Kind(PairField field) => field.Kind switch
    {
        FieldKind.Choice => string.Join(", ", field.Choices),
        FieldKind.Whole => "whole number",
        FieldKind.Flag => "true or false",
        FieldKind.Texts => "list of texts",
        FieldKind.Objects => field.Entries == 2 ? "list of two objects" : "list of objects",
        _ => field.Kind.ToString().ToLowerInvariant(),
    };

    private static JsonObject ObjectOf(string pattern)
    {
        var fields = PairFields.In(pattern).ToList();
        var made = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. fields.Where(field => field.IsRequired).Select(field => (JsonNode)field.Name)]),
            ["properties"] = new JsonObject(fields.Select(field => new KeyValuePair<string, JsonNode?>(field.Name, ValueOf(field)))),
        };
        if (fields.Exists(field => field.ShellKinds.Count > 0))
        {
            made["allOf"] = new JsonArray([.. PairFields.Find($"{pattern}.kind")!.Choices.Select(kind => (JsonNode)OnlyFor(kind, fields))]);
        }

        return made;
    }

    /// <summary>A shell of one kind has no field of the other kinds, and requires its own.</summary>
    private static JsonObject OnlyFor(string kind, List<PairField> fields)
    {
        string[] needed = kind switch { PairFields.Ssh => ["host", "user", "keyFile"], PairFields.OpenSsh => ["host"], _ => [] };
        return new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["const"] = kind } } },
            ["then"] = new JsonObject
            {
                ["required"] = new JsonArray([.. needed.Select(name => (JsonNode)name)]),
                ["properties"] = new JsonObject(fields.Where(field => field.ShellKinds.Count > 0 && !field.ShellKinds.Contains(kind)).Select(field => new KeyValuePair<string, JsonNode?>(field.Name, false))),
            },
        };
    }

    private static JsonObject ValueOf(PairField field)
    {
        var value = field.Kind switch
        {
            FieldKind.Object => ObjectOf(field.Pattern),
            FieldKind.Objects when field.Entries is { } count => new JsonObject { ["type"] = "array", ["minItems"] = count, ["maxItems"] = count, ["items"] = ObjectOf($"{field.Pattern}[]") },
            FieldKind.Objects => new JsonObject { ["type"] = "array", ["items"] = ObjectOf($"{field.Pattern}[]") },
            FieldKind.Texts => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
            FieldKind.Whole => new JsonObject { ["type"] = "integer" },
            FieldKind.Number => new JsonObject { ["type"] = "number" },
            FieldKind.Flag => new JsonObject { ["type"] = "boolean" },
            FieldKind.Choice => new JsonObject { ["enum"] = new JsonArray([.. field.Choices.Select(choice => (JsonNode)choice)]) },
            FieldKind.Duration => new JsonObject { ["type"] = "string", ["pattern"] = field.MayBeNone ? $"{DurationText.Pattern}|^none$" : DurationText.Pattern },
            _ => new JsonObject { ["type"] = "string" },
        };
        value.Insert(0, "description", field.Meaning);
        return value;
    }
}
