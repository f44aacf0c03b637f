using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>Which evidence refuses a pair, and which does not.</summary>
public sealed class ClientRuleTests
{
    private const string Line22 = "tachyon-validator 2.2.15 (src:00000000; feat:1576788063, client:Tachyon)";
    private const string Line40 = "agave-validator 4.0.3 (src:69e29197; feat:6ff76655, client:JitoLabs)";
    private const string Line43 = "agave-validator 4.3.0 (src:9d9c0f7a; feat:8f96a3db, client:Agave)";

    private static readonly NodeClient North22 = new() { Name = "north", ProgramFile = "/usr/bin/tachyon-validator", Program = Line22, Running = "2.2.15", HasNewerVoteHistory = false };
    private static readonly NodeClient South40 = new() { Name = "south", ProgramFile = "/usr/bin/agave-validator", Program = Line40, Running = "4.0.3", Published = "JitoLabs", HasNewerVoteHistory = false };
    private static readonly NodeClient North43 = new() { Name = "north", Program = Line43, Running = "4.3.0", HasNewerVoteHistory = false };
    private static readonly NodeClient South43 = North43 with { Name = "south" };
    private static readonly NodeClient Silent = new() { Name = "south" };

    public static TheoryData<string> Passed => [.. Passing.Keys];

    public static TheoryData<string> Refused => [.. Refusing.Keys];

    private static readonly Dictionary<string, ClientFacts> Passing = new(StringComparer.Ordinal)
    {
        ["2.2, which knows no such method"] = Facts(North22, North22 with { Name = "south" }),
        ["2.2 and 4.0 side by side"] = Facts(North22, South40),
        ["nothing is known of any node"] = Facts(Silent with { Name = "north" }, Silent),
        ["2.2, and an old vote history of another cluster"] = Facts(North22 with { HasNewerVoteHistory = true }, South40),
        ["2.2, and a young vote account"] = Facts(North22, South40) with { VotesInAccount = 1, AccountHasRoot = true },
        ["4.3 with a tower, as the method says"] = Facts(North43 with { HasAgGenesisCert = false }, South43 with { HasAgGenesisCert = false }),
        ["4.3 with a tower, as one node says, and a vote history lies there"] = Facts(North43 with { HasAgGenesisCert = false, HasNewerVoteHistory = true }, South43),
        ["4.3 with a tower, as the cluster's RPC says"] = Facts(North43, South43) with { ClusterHasAgGenesisCert = false },
        ["4.3, the feature waits for its epoch"] = Facts(North43 with { HasAgGenesisCert = false }, South43) with { AlpenglowIsActive = false },
        ["4.3, no answer, and a tower is there"] = Facts(North43, South43) with { HasTower = true },
        ["4.3, no answer, and the account shows a tower's votes"] = Facts(North43, South43) with { VotesInAccount = 31, AccountHasRoot = true },
        ["4.3, no answer, and the account shows two votes"] = Facts(North43, South43) with { VotesInAccount = 2, AccountHasRoot = true },
        ["4.3, no answer, a tower, and a vote account too young for a root"] = Facts(North43, South43) with { VotesInAccount = 1, HasTower = true },
        ["4.1, no answer"] = Facts(North43 with { Running = "4.1.9" }, South40),
        ["unknown version, no answer"] = Facts(Silent, North22),
        ["5.0 with a tower"] = Facts(North43 with { Running = "5.0.1", HasAgGenesisCert = false }, South43),
        ["a number without a name that is Agave's"] = Facts(North22 with { Program = "4.0.3 (69e29197)" }, South40),
    };

    private static readonly Dictionary<string, (ClientFacts Facts, string? Node, string Seen, bool HasTowers, bool IsInconclusive)> Refusing = new(StringComparer.Ordinal)
    {
        ["Alpenglow, as a node says"] =
            (Facts(North43 with { HasAgGenesisCert = true }, South43), null, "the cluster votes by Alpenglow, without towers (getAgGenesisCert of north shows its certificate)", false, false),
        ["Alpenglow, as only the cluster's RPC says"] =
            (Facts(Silent with { Name = "north" }, Silent) with { ClusterHasAgGenesisCert = true }, null, "the cluster votes by Alpenglow, without towers (getAgGenesisCert of the cluster's RPC shows its certificate)", false, false),
        ["Alpenglow, although a tower is left over"] =
            (Facts(North43 with { HasAgGenesisCert = true }, South43) with { HasTower = true, VotesInAccount = 31 }, null, "the cluster votes by Alpenglow, without towers (getAgGenesisCert of north shows its certificate)", false, false),
        ["Alpenglow, by the files"] =
            (Facts(North43 with { HasNewerVoteHistory = true }, South43), null, "the cluster votes by Alpenglow, without towers (the vote history on north is newer than its tower)", false, false),
        ["Alpenglow, by the files of a node whose version is unknown"] =
            (Facts(Silent with { HasNewerVoteHistory = true }, North22), null, "the cluster votes by Alpenglow, without towers (the vote history on south is newer than its tower)", false, false),
        ["Alpenglow, by the vote account"] =
            (Facts(North43, South43) with { VotesInAccount = 1, AccountHasRoot = true, HasTower = true }, null, "the cluster votes by Alpenglow, without towers (the vote account has a root and a single vote)", false, false),
        ["migrating, the nodes differ"] =
            (Facts(North43 with { HasAgGenesisCert = true }, South43 with { HasAgGenesisCert = false }), null, "the cluster is changing from towers to Alpenglow (getAgGenesisCert of north shows the certificate of Alpenglow, and that of south shows none)", false, false),
        ["migrating, by the feature"] =
            (Facts(North43 with { HasAgGenesisCert = false }, South43) with { AlpenglowIsActive = true }, null, "the cluster is changing from towers to Alpenglow (the feature is active, and getAgGenesisCert of north shows no certificate yet)", false, false),
        ["4.3, and nothing says which"] =
            (Facts(North43, South43), null, "whether the cluster votes by towers or by Alpenglow is unknown: north runs 4.3.0, which can do both, and no node answered getAgGenesisCert", true, true),
        ["4.3, and a young vote account says nothing"] =
            (Facts(North43, South43) with { VotesInAccount = 1 }, null, "whether the cluster votes by towers or by Alpenglow is unknown: north runs 4.3.0, which can do both, and no node answered getAgGenesisCert", true, true),
        ["4.2 beside 4.0, and nothing says which"] =
            (Facts(South40, North43 with { Running = "4.2.0" }), null, "whether the cluster votes by towers or by Alpenglow is unknown: north runs 4.2.0, which can do both, and no node answered getAgGenesisCert", true, true),
        ["4.3 by its program alone, and nothing says which"] =
            (Facts(North43 with { Running = null }, North22), null, $"whether the cluster votes by towers or by Alpenglow is unknown: north runs {Line43}, which can do both, and no node answered getAgGenesisCert", true, true),
        ["Frankendancer, by its version line"] =
            (Facts(North22, South40 with { Running = null, Program = "0.909.40003 (03268710bdc9)", ProgramFile = "/opt/x" }), "south", "south runs Frankendancer (its program reports version 0.909.40003 (03268710bdc9)): it has no command that removes the authorized voters, so nothing here can seal it", true, false),
        ["Frankendancer, by getVersion although the program is Agave's"] =
            (Facts(North22, South40 with { Running = "0.909.40003" }), "south", "south runs Frankendancer (its RPC reports version 0.909.40003): it has no command that removes the authorized voters, so nothing here can seal it", true, false),
        ["Frankendancer, by its file"] =
            (Facts(North22 with { Running = null, Program = "error: unrecognized argument", ProgramFile = "/opt/bin/fdctl" }, South40), "north", "north runs Frankendancer (its program is /opt/bin/fdctl): it has no command that removes the authorized voters, so nothing here can seal it", true, false),
        ["Frankendancer, by gossip alone"] =
            (Facts(Silent with { Published = "Frankendancer" }, North22), "south", "south runs Frankendancer (it publishes the client Frankendancer): it has no command that removes the authorized voters, so nothing here can seal it", true, false),
        ["Firedancer, by getVersion"] =
            (Facts(North22, South40 with { Running = "26.11.0" }), "south", "south runs Firedancer (its RPC reports version 26.11.0): by its manual it may vote after its authorized voters were removed, so nothing here can seal it", false, false),
        ["Firedancer, by gossip alone"] =
            (Facts(Silent with { Published = "Firedancer" }, North22), "south", "south runs Firedancer (it publishes the client Firedancer): by its manual it may vote after its authorized voters were removed, so nothing here can seal it", false, false),
    };

    [Theory]
    [MemberData(nameof(Passed))]
    public void Of_HealthyClusterWithTowers_IsNotRefused(string scene) => ClientRule.Of(Passing[scene]).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Refused))]
    public void Of_EvidenceAgainstIt_IsRefusedByName(string scene)
    {
        var (facts, node, seen, hasTowers, isInconclusive) = Refusing[scene];

        var refusal = ClientRule.Of(facts).Should().ContainSingle().Which;

        refusal.Should().BeEquivalentTo(new { Node = node, Seen = seen, HasTowers = hasTowers, IsInconclusive = isInconclusive });
        refusal.WayOut.Should().NotBeEmpty();
    }

    [Fact]
    public void Of_FiredancerOnAlpenglow_NamesBoth() =>
        ClientRule.Of(Facts(North43 with { HasAgGenesisCert = true }, South40 with { Running = "26.11.0" })).Select(static refusal => refusal.Node).Should().Equal("south", null);

    [Fact]
    public void Of_EachRefusal_HasItsOwnWayOut()
    {
        WayOut("Alpenglow, as a node says").Should().StartWith("follow the validator guide's edition for Alpenglow").And.Contain("would need a driver");
        WayOut("migrating, by the feature").Should().StartWith("leave the identity where it is until every node shows the certificate");
        WayOut("Frankendancer, by its file").Should().Contain("fdctl set-identity");
        WayOut("Firedancer, by getVersion").Should().Contain("built in since 26.10");
        WayOut("4.3, and nothing says which").Should().Contain("getAgGenesisCert");

        static string WayOut(string scene) => ClientRule.Of(Refusing[scene].Facts)[0].WayOut;
    }

    private static ClientFacts Facts(params NodeClient[] nodes) => new() { Nodes = nodes };
}
