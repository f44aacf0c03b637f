using System.Text.Json.Nodes;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.IntegrationTests.Preflight;

/// <summary>All the ways to be wrong that a check looks for in what the RPCs say.</summary>
internal static class ClusterRows
{
    private const string Processed = """{"commitment":"processed"}""";

    private const string VoteAccountOptions = """{"encoding":"jsonParsed","commitment":"processed"}""";

    public static IEnumerable<PreflightRow> All =>
    [
        new("TF106", "no vote account has the staked identity", stage => stage.AnswerAsync(node: null, "getVoteAccounts", Processed, answer => answer["result"]!["current"]!.AsArray().RemoveAt(0)))
        {
            Node = null,
        },
        new("TF106", "the vote account is delinquent", stage => stage.AnswerAsync(node: null, "getVoteAccounts", Processed, answer =>
        {
            var own = answer["result"]!["current"]![0]!;
            answer["result"]!["current"]!.AsArray().RemoveAt(0);
            answer["result"]!["delinquent"]!.AsArray().Add(own);
        })) { Node = "a", Severity = PreflightSeverity.Warning },
        new("TF106", "no vote has landed for 40 slots", stage => stage.AnswerAsync(node: null, "getVoteAccounts", Processed, answer => Shift(answer["result"]!["current"]![0]!, "lastVote", -40)))
        {
            Node = "a", Severity = PreflightSeverity.Warning,
        },
        new("TF114", "b's unstaked identity has a vote account with stake", stage => stage.AnswerAsync(node: null, "getVoteAccounts", Processed, answer =>
            answer["result"]!["current"]![1]!["nodePubkey"] = stage.B.Node.UnstakedIdentity.ToString())),
        new("TF115", "the vote account has another authorized voter", stage => AccountAsync(stage, account => Voter(account, 0)["authorizedVoter"] = stage.A.Node.UnstakedIdentity.ToString())),
        new("TF115", "the vote account has another authorized voter from the next epoch on", stage => AccountAsync(stage, account =>
        {
            var next = Voter(account, 0).DeepClone();
            Shift(next, "epoch", 1);
            next["authorizedVoter"] = stage.A.Node.UnstakedIdentity.ToString();
            account["data"]!["parsed"]!["info"]!["authorizedVoters"]!.AsArray().Add(next);
        })) { Seen = "from the next epoch on" },
        new("TF115", "b's start script has the voter, and the settings do not", stage => PreflightRows.Do(() => stage.SettingsOfB = stage.SettingsOfB.With(it => it.AuthorizedVoters = [stage.Keypair("voter")])))
        {
            Seen = "could not add it again", Also = ["TF112"],
        },
        new("TF116", "the staked identity has one coin left", stage => AccountAsync(stage, account => account["lamports"] = 1_000_000_000)) { Node = null, Severity = PreflightSeverity.Warning },
        new("TF117", "b says that it is behind", stage => stage.AnswerAsync(
            stage.B.Node, new StandInRpcAnswer { Method = "getHealth", ErrorCode = -32005, ErrorMessage = "Node is behind by 42 slots" })),
        new("TF117", "a says that it is behind", stage => stage.AnswerAsync(
            stage.A.Node, new StandInRpcAnswer { Method = "getHealth", ErrorCode = -32005, ErrorMessage = "Node is behind by 42 slots" })) { Node = "a", Severity = PreflightSeverity.Warning },
        new("TF117", "b is 40 slots behind a", stage => stage.AnswerAsync(stage.B.Node, "getEpochInfo", Processed, Behind)),
        new("TF117", "the cluster's RPC is 40 slots behind the nodes", async stage =>
        {
            // The stand-ins ask the cluster's RPC themselves.
            await stage.AnswerAsync(stage.A.Node, "getEpochInfo", Processed, _ => { });
            await stage.AnswerAsync(stage.B.Node, "getEpochInfo", Processed, _ => { });
            await stage.AnswerAsync(node: null, "getEpochInfo", Processed, Behind);
        }) { Node = null, Severity = PreflightSeverity.Warning },
        new("TF118", "b is of another cluster", stage => stage.AnswerAsync(stage.B.Node, "getGenesisHash", "", answer => answer["result"] = stage.A.Node.UnstakedIdentity.ToString())) { Node = null },
        new("TF118", "b has another shred version", stage => stage.OtherProgramAsync("REAL \"$@\" | sed 's/^Shred Version: .*/Shred Version: 7/'")) { Node = null },
        new("TF119", "gossip has the staked identity at another address", stage => stage.AnswerAsync(node: null, "getClusterNodes", "", answer =>
            Own(answer, stage.Cluster)["gossip"] = "192.0.2.9:8001")) { Node = null },
        new("TF119", "gossip does not have the staked identity", stage => stage.AnswerAsync(node: null, "getClusterNodes", "", answer =>
            Own(answer, stage.Cluster)["pubkey"] = stage.Cluster.VoteAccount.ToString())) { Node = "a", Severity = PreflightSeverity.Warning },
    ];

    private static Task AccountAsync(PreflightStage stage, Action<JsonNode> edit) => stage.AnswerAsync(
        node: null, "getAccountInfo", $"\"{stage.Cluster.VoteAccount}\",{VoteAccountOptions}", answer => edit(answer["result"]!["value"]!));

    private static JsonNode Voter(JsonNode account, int number) => account["data"]!["parsed"]!["info"]!["authorizedVoters"]![number]!;

    private static JsonNode Own(JsonNode answer, StandInCluster cluster) =>
        answer["result"]!.AsArray().Single(node => node!["pubkey"]!.GetValue<string>() == cluster.StakedIdentity.ToString())!;

    private static void Behind(JsonNode answer)
    {
        Shift(answer["result"]!, "absoluteSlot", -40);
        Shift(answer["result"]!, "slotIndex", -40);
    }

    private static void Shift(JsonNode node, string member, long by) => node[member] = node[member]!.GetValue<long>() + by;
}
