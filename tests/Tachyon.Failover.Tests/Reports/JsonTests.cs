using System.Text.Json;
using FluentAssertions;
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
    public void JsonVersions_AllOfThem_AreOne() =>
        new[] { FailoverResult.JsonVersion, SwitchoverPlan.JsonVersion, PairDiagnosis.JsonVersion, RecoveryResult.JsonVersion }.Should().AllBeEquivalentTo(1, "members may be added under one version; none goes or changes its meaning");

    [Fact]
    public void ToJson_NothingWentWrong_HasEveryMemberAllTheSame()
    {
        var bare = Examples.Result with { Gap = null, Reason = null, OperatorActions = [], Notes = [], Steps = [] };

        Names(bare.ToJson()).Should().Equal(Names(Examples.Result.ToJson()));
    }

    /// <summary>The docs describe every member.</summary>
    [Fact]
    public void Docs_OfTheJson_SayWhatEveryMemberMeans()
    {
        var said = Repository.Read(Docs).Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')[1]).ToList();
        var names = new[] { Examples.Result.ToJson(), Examples.Plan.ToJson(), Examples.Diagnosis.ToJson(), Examples.Recovery.ToJson() }
            .SelectMany(json => AllNames(JsonDocument.Parse(json).RootElement))
            .Distinct();

        names.Where(name => !said.Exists(cell => cell.Contains($"`{name}`", StringComparison.Ordinal))).Should().BeEmpty();
    }

    private static string Block(string json) => $"```json\n{json}\n```";

    private static IEnumerable<string> Names(string json) => JsonDocument.Parse(json).RootElement.EnumerateObject().Select(member => member.Name);

    private static IEnumerable<string> AllNames(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => AllNames(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(AllNames),
        _ => [],
    };
}
