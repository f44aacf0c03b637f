using System.Text.Json;
using System.Text.Json.Serialization;
using FluentAssertions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.Tests.Reports;

/// <summary>Users have stored this JSON, and their programs read it: a changed or removed name fails here.</summary>
public sealed class JsonTests
{
    private const string Docs = "docs/json.md";

    [Fact]
    public void ToJson_OfASwitchover_IsTheOneOfTheDocs() => MadeDocs.ShouldHold(Docs, "FailoverResult", Block(Examples.Result.ToJson()));

    [Fact]
    public void ToJson_OfADryRun_IsTheOneOfTheDocs() => MadeDocs.ShouldHold(Docs, "SwitchoverPlan", Block(Examples.Plan.ToJson()));

    [Fact]
    public void ToJson_OfADiagnosis_IsTheOneOfTheDocs() => MadeDocs.ShouldHold(Docs, "PairDiagnosis", Block(Examples.Diagnosis.ToJson()));

    [Fact]
    public void ToJson_OfARecovery_IsTheOneOfTheDocs() => MadeDocs.ShouldHold(Docs, "RecoveryResult", Block(Examples.Recovery.ToJson()));

    [Fact]
    public void JsonVersion_OfEveryResult_IsOne() =>
        FailoverResult.JsonVersion.Should().Be(1, "members may be added under one version; none goes or changes its meaning");

    [Fact]
    public void ToJson_NothingWentWrong_HasEveryMemberAllTheSame()
    {
        var bare = Examples.Result.With(it => { it.Gap = null; it.Reason = null; it.OperatorActions = []; it.Notes = []; it.Steps = []; });

        Names(bare.ToJson()).Should().Equal(Names(Examples.Result.ToJson()));
    }

    /// <summary>The docs describe every member.</summary>
    [Fact]
    public void Docs_OfTheJson_SayWhatEveryMemberMeans()
    {
        var said = Repository.Read(Docs).Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')[1]).ToList();
        var names = new[] { Examples.Result.ToJson(), Examples.Plan.ToJson(), Examples.Diagnosis.ToJson(), Examples.Recovery.ToJson(), JsonSerializer.Serialize(Progress), JsonSerializer.Serialize(Verdict), JsonSerializer.Serialize(Guard), JournalLines.Of(Examples.Entry) }
            .SelectMany(json => AllNames(JsonDocument.Parse(json).RootElement))
            .Distinct();

        names.Where(name => !said.Exists(cell => cell.Contains($"`{name}`", StringComparison.Ordinal))).Should().BeEmpty();
    }

    /// <summary>What everybody writes first: a result as the body of an answer.</summary>
    [Fact]
    public void Serialize_AnyResult_GivesTheDocumentedForm()
    {
        Written(Examples.Result).Should().Be(Examples.Result.ToJson(indented: false));
        Written(Examples.Plan).Should().Be(Examples.Plan.ToJson(indented: false));
        Written(Examples.Diagnosis).Should().Be(Examples.Diagnosis.ToJson(indented: false));
        Written(Examples.Recovery).Should().Be(Examples.Recovery.ToJson(indented: false));
        Written(Examples.Result.Preflight).Should().Be(Examples.Result.Preflight.ToJson(indented: false));
        JsonSerializer.Serialize(new { Run = Examples.Result }).Should().Be($$"""{"Run":{{Examples.Result.ToJson(indented: false)}}}""");

        static string Written<T>(T result)
            where T : class
        {
            var usual = JsonSerializer.Serialize(result);
            JsonSerializer.Serialize(result, JsonSerializerOptions.Web).Should().Be(usual, "the naming policy of a program changes nothing");
            JsonSerializer.Serialize<object>(result).Should().Be(usual);
            JsonSerializer.Serialize(result, typeof(T), ProgramJson.Default).Should().Be(usual, "a source generator gives the same");
            return usual;
        }
    }

    [Fact]
    public void Serialize_APartOfAResult_GivesItsPartOfTheForm()
    {
        using var whole = JsonDocument.Parse(Examples.Result.ToJson(indented: false));

        JsonSerializer.Serialize(Examples.Result.Steps).Should().Be(whole.RootElement.GetProperty("steps").GetRawText());
        JsonSerializer.Serialize(Examples.Result.Gap).Should().Be(whole.RootElement.GetProperty("gap").GetRawText());
        JsonSerializer.Serialize(Examples.Result.Evidence).Should().Be(whole.RootElement.GetProperty("evidence").GetRawText());
        JsonSerializer.Serialize(Examples.Result.OperatorActions).Should().Be(whole.RootElement.GetProperty("operatorActions").GetRawText());
    }

    [Fact]
    public void Serialize_ProgressVerdictAndGuardReport_HaveTheDocumentedMembers()
    {
        JsonSerializer.Serialize(Progress).Should().Be("""{"step":"promoteTarget","node":"south","result":{"outcome":"notDone","failure":"diskFull","detail":"full"},"elapsedMilliseconds":1.5,"sinceStartMilliseconds":2000,"note":null}""");
        JsonSerializer.Serialize(Verdict).Should().Be(
            """{"state":"suspect","reason":"no votes","silentSlots":9,"silenceMilliseconds":3600,"details":{"witnesses":[{"name":"one","slot":12,"lastVote":3,"isDelinquent":null,"tookMilliseconds":20,"failure":null}],"balance":null,"isDelinquent":false,"isNodeHealthy":true,"nodeSlotsBehind":null,"shellAnswers":null,"openPorts":["ssh"],"towerCopySlot":4,"towerCopyAgeInSlots":8,"storedSlot":null,"warnings":[]}}""");
        JsonSerializer.Serialize(Guard).Should().Be("""{"at":"1970-01-01T00:00:00+00:00","state":"guarding","reason":"votes land","silenceMilliseconds":0,"lastVote":null}""");
    }

    [Fact]
    public void Deserialize_AResult_SaysThatOnlyTheLibraryMakesIt()
    {
        var act = () => JsonSerializer.Deserialize<FailoverResult>(Examples.Result.ToJson());

        act.Should().Throw<NotSupportedException>().WithMessage("*FailoverResult is made by the library alone*");
    }

    [Fact]
    public void Pubkey_InJson_IsItsBase58AndIsReadBack()
    {
        var key = Examples.Result.StakedIdentity;
        var votes = new Dictionary<Pubkey, int> { [key] = 3 };

        JsonSerializer.Serialize(key).Should().Be($"\"{key}\"");
        JsonSerializer.Deserialize<Pubkey>($"\"{key}\"").Should().Be(key);
        JsonSerializer.Deserialize<Dictionary<Pubkey, int>>(JsonSerializer.Serialize(votes)).Should().Equal(votes);
        JsonSerializer.Deserialize<Pubkey?>("null").Should().BeNull();
        foreach (var wrong in (string[])["\"no key\"", "7", "{}"])
        {
            var act = () => JsonSerializer.Deserialize<Pubkey>(wrong);
            act.Should().Throw<JsonException>();
        }
    }

    private static FailoverProgress Progress { get; } = new()
    {
        StepCode = FailoverStep.PromoteTarget,
        Node = "south",
        Result = CallResult.NotDone(CallFailure.DiskFull, "full"),
        Elapsed = TimeSpan.FromMilliseconds(1.5),
        SinceStart = TimeSpan.FromSeconds(2),
    };

    private static MonitorVerdict Verdict { get; } = new()
    {
        State = MonitorState.Suspect,
        Reason = "no votes",
        SilentSlots = 9,
        Silence = TimeSpan.FromSeconds(3.6),
        Details = new MonitorDetails
        {
            Witnesses = [new WitnessReading { Name = "one", Slot = 12, LastVote = 3, Took = TimeSpan.FromMilliseconds(20) }],
            IsDelinquent = false,
            IsNodeHealthy = true,
            OpenPorts = ["ssh"],
            TowerCopySlot = 4,
            TowerCopyAgeInSlots = 8,
            Warnings = [],
        },
    };

    private static GuardReport Guard { get; } = new() { At = DateTimeOffset.UnixEpoch, State = GuardState.Guarding, Reason = "votes land" };

    private static string Block(string json) => $"```json\n{json}\n```";

    private static IEnumerable<string> Names(string json) => JsonDocument.Parse(json).RootElement.EnumerateObject().Select(member => member.Name);

    private static IEnumerable<string> AllNames(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => AllNames(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(AllNames),
        _ => [],
    };
}

/// <summary>As a program that embeds the package writes it.</summary>
[JsonSerializable(typeof(FailoverResult))]
[JsonSerializable(typeof(SwitchoverPlan))]
[JsonSerializable(typeof(PairDiagnosis))]
[JsonSerializable(typeof(RecoveryResult))]
[JsonSerializable(typeof(PreflightReport))]
internal sealed partial class ProgramJson : JsonSerializerContext;
