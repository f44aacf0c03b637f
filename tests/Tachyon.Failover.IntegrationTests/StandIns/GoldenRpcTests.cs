using System.Text;
using System.Text.Json;
using FluentAssertions;
using Tachyon.Failover.Testing.StandIns;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.StandIns;

/// <summary>Every recorded JSON-RPC reply has the shape of the stand-in's: the same members, in the same order, of the same types.</summary>
public abstract class GoldenRpcTests(StandInFixture fixture)
{
    /// <summary>The recordings of both clients have the same questions.</summary>
    public static TheoryData<string, int> Cases { get; } = FindCases();

    /// <summary>The recorded vote account and staked identity.</summary>
    protected abstract (string VoteAccount, string Staked) Recorded { get; }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Request_Recorded_IsAnsweredInTheSameShape(string who, int index)
    {
        var recording = Recordings(fixture.Golden).GetProperty(who)[index];
        var request = recording.GetProperty("request").GetRawText()
            .Replace(Recorded.VoteAccount, fixture.Cluster.VoteAccount.ToString(), StringComparison.Ordinal)
            .Replace(Recorded.Staked, fixture.Cluster.StakedIdentity.ToString(), StringComparison.Ordinal);
        var uri = who switch
        {
            "active" => fixture.Cluster.A.RpcUri,
            "inactive" => fixture.Cluster.B.RpcUri,
            _ => fixture.Cluster.RpcUri,
        };
        using var http = new HttpClient();
        using var content = new StringContent(request, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(uri, content, TestContext.Current.CancellationToken);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var expected = JsonDocument.Parse(recording.GetProperty("response").GetString()!);

        Shape(answer.RootElement).Should().Be(Shape(expected.RootElement));
    }

    [Fact]
    public async Task GetBlock_SlotWithVote_HasItsAccounts()
    {
        var report = await fixture.Cluster.GetChainReportAsync(cancellationToken: TestContext.Current.CancellationToken);
        var slot = report.Slots.SelectMany(seen => seen.Votes).Where(landed => landed.Error is null).Max(landed => landed.BlockSlot);
        using var http = new HttpClient();
        using var content = new StringContent($$"""{"jsonrpc":"2.0","id":1,"method":"getBlock","params":[{{slot}},{"transactionDetails":"accounts","maxSupportedTransactionVersion":0,"commitment":"confirmed"}]}""");
        using var response = await http.PostAsync(fixture.Cluster.RpcUri, content, TestContext.Current.CancellationToken);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        var vote = answer.RootElement.GetProperty("result").GetProperty("transactions").EnumerateArray()
            .Last(one => one.GetProperty("transaction").GetProperty("accountKeys")[1].GetProperty("pubkey").GetString() == fixture.Cluster.VoteAccount.ToString());
        vote.GetProperty("meta").GetProperty("err").ValueKind.Should().Be(JsonValueKind.Null);
        vote.GetProperty("transaction").GetProperty("accountKeys")[0].GetProperty("pubkey").GetString().Should().Be(fixture.Cluster.StakedIdentity.ToString());
    }

    /// <summary>Base64 accounts are not served, and this reply is empty on the recorded cluster, which keeps no history.</summary>
    private static bool IsLeftOut(JsonElement recording) =>
        recording.GetProperty("request").GetProperty("method").GetString() == "getBlocks"
        || recording.GetProperty("request").GetRawText().Contains("base64", StringComparison.Ordinal);

    private static TheoryData<string, int> FindCases()
    {
        var data = new TheoryData<string, int>();
        foreach (var who in Recordings(Path.Combine(AppContext.BaseDirectory, "Golden")).EnumerateObject())
        {
            for (var i = 0; i < who.Value.GetArrayLength(); i++)
            {
                if (!IsLeftOut(who.Value[i]))
                {
                    data.Add(who.Name, i);
                }
            }
        }

        return data;
    }

    private static JsonElement Recordings(string folder) =>
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(folder, "json-rpc.json")));

    private static string Shape(JsonElement json) => json.ValueKind switch
    {
        // The recorded identity is the key of its leader schedule.
        JsonValueKind.Object => $"{{{string.Join(',', json.EnumerateObject().Select(member => $"{(member.Name.Length > 40 ? "key" : member.Name)}:{Shape(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join('|', json.EnumerateArray().Select(Shape).Distinct())}]",
        JsonValueKind.True or JsonValueKind.False => "bool",
        _ => json.ValueKind.ToString(),
    };
}

public sealed class GoldenRpc40Tests(StandInFixture fixture) : GoldenRpcTests(fixture), IClassFixture<StandInFixture>
{
    protected override (string VoteAccount, string Staked) Recorded => ("GjCw8uJAoByHdhCiZ6zU5GeCu4VPdoSu6P7BNAUkSwbk", "Ava45URX89ChEU8SDT2CTzHPs7fp84jBwHnR3tdGwCcz");
}

public sealed class GoldenRpc22Tests(Tachyon22Fixture fixture) : GoldenRpcTests(fixture), IClassFixture<Tachyon22Fixture>
{
    protected override (string VoteAccount, string Staked) Recorded => ("DSBAsaFkgHXHfudvqMnwgbFuj8xPYcx3TH7ZK5mQiuh5", "AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq");
}
