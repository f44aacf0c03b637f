using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FluentAssertions;
using FluentAssertions.Equivalency;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.Tests.Cli;

/// <summary>Each field of the list reaches a setting, and its description has the default and the bounds that are in effect.</summary>
public sealed partial class PairFieldsTests : IDisposable
{
    private readonly CliScene _scene = new();

    /// <summary>The kind decides which fields a shell may have; <see cref="Mistakes"/> has it. The schema is for editors.</summary>
    public static TheoryData<string> Values => [.. PairFields.All.Where(known => IsValue(known) && known.Name is not ("kind" or "$schema")).Select(known => known.Pattern)];

    /// <summary>Optional fields of the daemon, all of which have a default, and all others whose description has one: half of another time is none.</summary>
    public static TheoryData<string> Defaults =>
    [
        .. PairFields.All.Where(known => IsValue(known) && (DaemonFields.All.Contains(known) ? known is { IsRequired: false, Kind.JsonType: not "array", Name: not ("url" or "urlVariable") } : (Default().IsMatch(known.Meaning) && known.Name != "minimumIdleAtDemotion"))).Select(known => known.Pattern),
    ];

    public static TheoryData<string> Bounded => [.. PairFields.All.Where(known => Bounds().IsMatch(known.Meaning)).Select(known => known.Pattern)];

    [Theory]
    [MemberData(nameof(Values))]
    public void Field_SomeOtherValueIsWritten_IsInEffect(string pattern)
    {
        var usual = Read(Root())!;

        OthersOf(PairFields.Find(pattern)!.Kind).Select(value => Read(With(pattern, value))).OfType<PairFile>().ToList().Should().Contain(read => !AreAlike(read, usual), "one of these values is not the default");
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Field_ItsDefaultIsWritten_ChangesNothing(string pattern)
    {
        var field = PairFields.Find(pattern)!;
        var words = Default().Match(field.Meaning);
        words.Success.Should().BeTrue("\"{0}\" says no default", field.Meaning);

        Read(With(pattern, Written(field, words.Groups["value"].Value))).Should().BeEquivalentTo(Read(Root()), ByMembers);
    }

    [Theory]
    [MemberData(nameof(Bounded))]
    public void Field_BeyondItsBounds_IsRefusedAndTheBoundsAreNot(string pattern)
    {
        var field = PairFields.Find(pattern)!;
        var words = Bounds().Match(field.Meaning);
        var (least, most) = (words.Groups["least"].Value, words.Groups["most"].Value);

        IsOutOfBounds(pattern, Written(field, least)).Should().BeFalse();
        IsOutOfBounds(pattern, Written(field, most)).Should().BeFalse();
        IsOutOfBounds(pattern, Written(field, field.Kind == FieldKind.Number ? "1.5" : $"9{most}")).Should().BeTrue();
    }

    public void Dispose() => _scene.Dispose();

    private static bool IsValue(PairField field) => field.Kind.JsonType != "object" && field.Kind.Entry?.JsonType != "object";

    private static JsonNode Written(PairField field, string words) => field.Kind.JsonType != "string" ? JsonNode.Parse(words)! : words;

    private static JsonNode[] OthersOf(FieldKind kind) => kind switch
    {
        { Choices.Count: > 0 } => [.. kind.Choices.Select(choice => (JsonNode)choice)],
        { JsonType: "array" } => [new JsonArray("/bin/sh"), new JsonArray("https://other.example.com"), new JsonArray("ProxyJump=other")],
        { JsonType: "boolean" } => [true, false],
        { JsonType: "integer" } => [1, 3, 9, 60],
        { JsonType: "number" } => [0.02],
        _ => ["other", "/other", "https://other.example.com", "Vote111111111111111111111111111111111111111", "~/.ssh/id_ed25519", "~/.ssh/known_hosts", "OTHER", "SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDaDFlp3VmVUuxDHzc", "none", "700ms", "3s", "11s", "25s", "70s"],
    };

    /// <summary>A pair file with every object.</summary>
    private static JsonNode Root()
    {
        var root = JsonNode.Parse(CliScene.GoodPair)!;
        root["options"] = new JsonObject();
        root["witnesses"] = new JsonArray("https://one.example.com", "https://two.example.com");
        root["nodes"]![0]!["timeLimits"] = new JsonObject();
        root["daemon"] = JsonNode.Parse("""{ "takeover": {}, "monitor": {}, "guard": {}, "hooks": [ { "when": "before", "command": [ "/bin/true" ] } ], "webhook": { "urlVariable": "HOOK" }, "health": {} }""");
        return root;
    }

    private static JsonNode With(string pattern, JsonNode value)
    {
        var root = Root();
        var field = PairFields.Find(pattern)!;
        if (pattern == "daemon.webhook.url")
        {
            root["daemon"]!["webhook"] = new JsonObject();
        }

        var at = field.Parent.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate(root, (node, part) => part == "nodes[]" ? node["nodes"]![field.ShellKinds is [PairFields.OpenSsh] ? 1 : 0]! : part == "hooks[]" ? node["hooks"]![0]! : node[part]!);
        at[field.Name] = value;
        return root;
    }

    private static bool AreAlike(PairFile one, PairFile other)
    {
        using var scope = new FluentAssertions.Execution.AssertionScope();
        one.Should().BeEquivalentTo(other, ByMembers);
        return scope.Discard().Length == 0;
    }

    private static EquivalencyAssertionOptions<T> ByMembers<T>(EquivalencyAssertionOptions<T> settings) => settings.RespectingRuntimeTypes()
        .Using<IFailoverJournal>(_ => { }).WhenTypeIs<IFailoverJournal>()
        .Using<Delegate>(compared => (compared.Subject is null).Should().Be(compared.Expectation is null)).WhenTypeIs<Delegate>()
        .Using<HostKeyPolicy>(compared => compared.Subject?.ToString().Should().Be(compared.Expectation?.ToString())).WhenTypeIs<HostKeyPolicy>();

    private bool IsOutOfBounds(string pattern, JsonNode value)
    {
        try
        {
            ReadOrThrow(With(pattern, value));
            return false;
        }
        catch (PairFileException exception)
        {
            return exception.Errors.Any(error => JsonPlace.PatternOf(error.Field) == pattern && error.Remedy.StartsWith("it must be from ", StringComparison.Ordinal));
        }
    }

    /// <summary>Reads the file; null if it has errors.</summary>
    private PairFile? Read(JsonNode root)
    {
        try
        {
            return ReadOrThrow(root);
        }
        catch (PairFileException)
        {
            return null;
        }
    }

    private PairFile ReadOrThrow(JsonNode root)
    {
        (_scene.Environment["HOOK"], _scene.Environment["OTHER"]) = ("https://example.com", "https://other.example.com");
        return PairFileReader.Read(
            "pair.json",
            Encoding.UTF8.GetBytes(root.ToJsonString()),
            new PairFileSurroundings { Environment = _scene.Environment, HomeFolder = _scene.Home, Use = PairFileUse.Watch },
            new Dictionary<string, (string Option, string Value)>(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"; (?<value>\S+) by default[,;.]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Default();

    [GeneratedRegex(@", (at most )?(?<least>[\d.]+[a-z]*) to (?<most>[\d.]+[a-z]*)\.$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bounds();
}
