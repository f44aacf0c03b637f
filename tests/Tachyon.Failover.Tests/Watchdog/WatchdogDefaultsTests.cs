using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FluentAssertions;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Tests.Cli;
using Xunit;

namespace Tachyon.Failover.Tests.Watchdog;

/// <summary>The documented default of each field, in the schema and the README, is the one in effect when the field is missing.</summary>
public sealed partial class WatchdogDefaultsTests : IDisposable
{
    /// <summary>Fields without a default: objects, lists, required and optional ones.</summary>
    private static readonly string[] Without = ["watchdog.webhook.url", "watchdog.webhook.urlVariable"];

    private readonly CliScene _scene = new();

    public static TheoryData<string> Fields =>
    [
        .. WatchdogFields.All.Where(known => known is { IsRequired: false, Kind.JsonType: not ("object" or "array") } && !Without.Contains(known.Pattern)).Select(known => known.Pattern),
    ];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Field_ItsDefaultIsWritten_ChangesNothing(string pattern)
    {
        var field = WatchdogFields.All.Single(field => field.Pattern == pattern);
        var words = Default().Match(field.Meaning);
        words.Success.Should().BeTrue("\"{0}\" says no default", field.Meaning);

        Read(pattern, ValueOf(field.Kind, words.Groups["value"].Value)).Should().BeEquivalentTo(Read(), settings => settings.RespectingRuntimeTypes());
    }

    public void Dispose() => _scene.Dispose();

    private static JsonNode ValueOf(FieldKind kind, string words) => kind.JsonType != "string" ? JsonNode.Parse(words)! : words;

    /// <summary>Reads a section with every object, and one more field.</summary>
    private WatchdogSettings Read(string? pattern = null, JsonNode? value = null)
    {
        var root = JsonNode.Parse(CliScene.GoodPair)!;
        root["watchdog"] = JsonNode.Parse(
            """{ "takeover": {}, "watch": {}, "guard": {}, "hooks": [ { "when": "before", "command": [ "/bin/true" ] } ], "webhook": { "url": "https://example.com" }, "health": {} }""");
        if (pattern is not null)
        {
            var path = pattern.Split('.');
            var at = root;
            foreach (var part in path[..^1])
            {
                at = part.EndsWith("[]", StringComparison.Ordinal) ? at![part[..^2]]![0] : at![part];
            }

            at![path[^1]] = value;
        }

        return PairFileReader.Read(
            "pair.json",
            System.Text.Encoding.UTF8.GetBytes(root.ToJsonString()),
            new PairFileSurroundings { Environment = _scene.Environment, HomeFolder = _scene.Home, Use = PairFileUse.Watch },
            new Dictionary<string, (string Option, string Value)>(StringComparer.Ordinal)).Watchdog;
    }

    [GeneratedRegex(@"; (?<value>\S+) by default", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Default();
}
