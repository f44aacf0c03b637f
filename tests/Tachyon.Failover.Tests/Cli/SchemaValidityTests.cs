using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FluentAssertions;
using Json.Schema;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.Tests.Cli;

/// <summary>What a validator of JSON schemas says of pair files, and the program: an editor reports what the program would.</summary>
public sealed partial class SchemaValidityTests : IDisposable
{
    /// <summary>Mistakes that only the program can see: in the JSON itself, on this machine, in the library's bounds, and in how values relate.</summary>
    private static readonly string[] BeyondTheSchema =
    [
        "forgot a comma", "forgot the last brace", "emptied the file", "wrote a field twice", "cut the identity short", "named one host twice", "wrote a relative path", "named the staked keypair twice", "gave a port that there is not",
        "gave a time limit that is too short", "gave an empty list of voters", "gave an empty stop command", "gave a stop command by a relative path", "gave a time to stop that is too short",
        "gave a user to become that is none", "wrote the user before the host", "named a key that is not there", "named host keys that are not there",
        "gave a fingerprint and host keys", "named a passphrase that is not exported", "switched the host key check off", "gave an option that is out of bounds", "called both nodes alike",
        "gave the same host twice", "asked for more at the fence than for the window", "made the pause longer than the time",
    ];

    private static readonly JsonSchema Schema = JsonSchema.FromText(Repository.Read("samples/FailoverCli/pair.schema.json"));

    private readonly CliScene _scene = new();

    public static TheoryData<string> Examples => [.. ExamplesOf("samples/FailoverCli/README.md"), .. ExamplesOf("samples/Daemon/README.md"), CliScene.GoodPair];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_OfAPage_IsValidAndIsRead(string example)
    {
        var pair = JsonNode.Parse(CliScene.GoodPair)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(example.StartsWith('{') ? example : $"{{ {example.TrimEnd(',', '\n')} }}")!.AsObject())
        {
            pair[name] = value?.DeepClone();
        }

        Verdict(pair.ToJsonString()).Should().BeTrue();
        var read = PairFileReader.Read("pair.json", Encoding.UTF8.GetBytes(pair.ToJsonString()), new PairFileSurroundings { Environment = _scene.Environment, HomeFolder = _scene.Home }, new Dictionary<string, (string Option, string Value)>(StringComparer.Ordinal));
        read.Notes.Should().BeEmpty();
    }

    [Fact]
    public void Mistakes_InTheFormOfTheFile_AreInvalidAsWell() =>
        Mistakes.All.Where(mistake => Verdict(CliScene.GoodPair.Replace(mistake.From, mistake.To, StringComparison.Ordinal)) != false).Select(mistake => mistake.Name).Should().BeEquivalentTo(BeyondTheSchema);

    public void Dispose() => _scene.Dispose();

    /// <summary>Whether the schema takes a file; null if it is no JSON, or has a field twice.</summary>
    private static bool? Verdict(string json)
    {
        try
        {
            return Schema.Evaluate(JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement).IsValid;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> ExamplesOf(string page) => Block().Matches(Repository.Read(page)).Select(block => block.Groups["json"].Value);

    [GeneratedRegex(@"^```json\n(?<json>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
