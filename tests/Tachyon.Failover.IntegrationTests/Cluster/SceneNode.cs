using System.Text.Json.Nodes;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;

namespace Tachyon.Failover.IntegrationTests.Cluster;

/// <summary>Answers JSON-RPC as a validator in the scene would, in the shapes of the recordings and of the validator's source.</summary>
internal sealed class SceneNode(ClusterScene scene)
{
    public JsonNode Answer(JsonObject request)
    {
        var answer = new JsonObject { ["jsonrpc"] = "2.0" };
        var (member, content) = Content(request["method"]!.GetValue<string>(), request["params"]!.AsArray());
        answer[member] = content;
        answer["id"] = request["id"]!.DeepClone();
        return answer;
    }

    private (string Member, JsonNode? Content) Content(string method, JsonArray parameters) => method switch
    {
        "getIdentity" => Result(new JsonObject { ["identity"] = scene.Identity.ToString() }),
        "getHealth" when scene.Health.IsHealthy => Result("ok"),
        "getHealth" => Error(-32005, scene.Health.Message!, new JsonObject { ["numSlotsBehind"] = scene.Health.SlotsBehind }),
        "getSlot" => Result(scene.Epoch.AbsoluteSlot),
        "getEpochInfo" => Result(Epoch()),
        "getLeaderSchedule" => Result(Schedule((ulong?)parameters[0], parameters[1]!["identity"]!.GetValue<string>())),
        "getVoteAccounts" => Result(VoteAccounts((string?)parameters[0]!["votePubkey"])),
        "getAccountInfo" => Result(Account(scene.Accounts.FirstOrDefault(account => account.Key.ToString() == parameters[0]!.GetValue<string>()).Value)),
        "getClusterNodes" => Result(new JsonArray([.. scene.Nodes.Select(Node)])),
        "getVersion" => Result(new JsonObject { ["feature-set"] = 1576788063, ["solana-core"] = scene.Version }),
        "getAgGenesisCert" when scene.HasAgGenesisCert is { } shown => Result(shown ? new JsonObject { ["block"] = new JsonObject { ["slot"] = 0 } } : null),
        "getGenesisHash" => Result(scene.GenesisHash),
        "getBlocks" => Result(Blocks((ulong)parameters[0]!, (ulong)parameters[1]!)),
        "getBlock" when scene.Blocks.FirstOrDefault(block => block.Slot == (ulong)parameters[0]!) is { } block => Result(BlockOf(block)),
        "getBlock" => Error(-32007, $"Slot {parameters[0]} was skipped, or missing due to ledger jump to recent snapshot"),
        _ => Error(-32601, "Method not found"),
    };

    private JsonObject Epoch() => new()
    {
        ["absoluteSlot"] = scene.Epoch.AbsoluteSlot,
        ["blockHeight"] = scene.Epoch.AbsoluteSlot - 49,
        ["epoch"] = scene.Epoch.Epoch,
        ["slotIndex"] = scene.Epoch.SlotIndex,
        ["slotsInEpoch"] = scene.Epoch.SlotsInEpoch,
        ["transactionCount"] = 111006,
    };

    private JsonObject? Schedule(ulong? slot, string identity)
    {
        if (slot < scene.Epoch.FirstSlot || slot >= scene.Epoch.FirstSlot + scene.Epoch.SlotsInEpoch)
        {
            return null;
        }

        var leader = scene.LeaderSlots.FirstOrDefault(pair => pair.Key.ToString() == identity);
        return leader.Value is null ? [] : new JsonObject { [identity] = Numbers(leader.Value) };
    }

    private JsonObject VoteAccounts(string? only)
    {
        var accounts = scene.VoteAccounts.Where(account => only is null || account.Address.ToString() == only).ToArray();
        return new JsonObject
        {
            ["current"] = new JsonArray([.. accounts.Where(account => !account.IsDelinquent).Select(VoteAccount)]),
            ["delinquent"] = new JsonArray([.. accounts.Where(account => account.IsDelinquent).Select(VoteAccount)]),
        };
    }

    private JsonObject VoteAccount(VoteAccount account) => new()
    {
        ["activatedStake"] = account.ActivatedStake,
        ["commission"] = 100,
        ["epochCredits"] = account.Credits == 0 ? [] : new JsonArray(Numbers([scene.Epoch.Epoch, account.Credits, 0])),
        ["epochVoteAccount"] = true,
        ["lastVote"] = account.LastVote,
        ["nodePubkey"] = account.Node.ToString(),
        ["rootSlot"] = account.RootSlot,
        ["votePubkey"] = account.Address.ToString(),
    };

    private JsonObject Account(AccountInfo? account) => new()
    {
        ["context"] = new JsonObject { ["apiVersion"] = scene.Version, ["slot"] = scene.Epoch.AbsoluteSlot },
        ["value"] = account is null ? null : new JsonObject
        {
            ["data"] = account.Vote is null ? new JsonArray("", "base64") : new JsonObject { ["parsed"] = Vote(account.Vote), ["program"] = "vote", ["space"] = 3762 },
            ["executable"] = false,
            ["lamports"] = account.Lamports,
            ["owner"] = account.Owner.ToString(),
            ["rentEpoch"] = ulong.MaxValue,
            ["space"] = account.Vote is null ? 0 : 3762,
        },
    };

    private static JsonObject Vote(VoteState state) => new()
    {
        ["info"] = new JsonObject
        {
            ["authorizedVoters"] = new JsonArray([.. state.AuthorizedVoters.Select(voter => new JsonObject { ["authorizedVoter"] = voter.Value.ToString(), ["epoch"] = voter.Key })]),
            ["nodePubkey"] = state.Node.ToString(),
        },
        ["type"] = "vote",
    };

    private static JsonObject Node(ClusterNode node) => new()
    {
        ["gossip"] = node.Gossip?.ToString(),
        ["pubkey"] = node.Identity.ToString(),
        ["rpc"] = node.Rpc?.ToString(),
        ["shredVersion"] = node.ShredVersion,
        ["tpuVote"] = node.TpuVote?.ToString(),
        ["version"] = node.Version,
    };

    private JsonArray Blocks(ulong first, ulong last) =>
        Numbers([.. scene.Blocks.Select(block => block.Slot).Where(slot => slot >= first && slot <= last)]);

    private static JsonObject BlockOf(Block block) => new()
    {
        ["blockhash"] = "G98YzpEwfWQnDFbwJccij9qMbQ8AXb4cUM2RFt94v1jP",
        ["parentSlot"] = block.ParentSlot,
        ["transactions"] = new JsonArray([.. block.Transactions.Select(Transaction)]),
    };

    private static JsonObject Transaction(BlockTransaction transaction) => new()
    {
        ["meta"] = new JsonObject { ["err"] = TransactionError(transaction) },
        ["transaction"] = new JsonObject
        {
            ["accountKeys"] = new JsonArray(
            [
                .. transaction.Accounts.Select(account => new JsonObject
                {
                    ["pubkey"] = account.ToString(),
                    ["signer"] = transaction.Signers.Contains(account),
                    ["source"] = "transaction",
                    ["writable"] = true,
                }),
            ]),
        },
    };

    private static JsonNode? TransactionError(BlockTransaction transaction) => transaction switch
    {
        { Failed: false } => null,
        { CustomError: { } code } => new JsonObject { ["InstructionError"] = new JsonArray(0, new JsonObject { ["Custom"] = code }) },
        _ => "AccountInUse",
    };

    private static JsonArray Numbers(IEnumerable<ulong> numbers) => new([.. numbers.Select(number => JsonValue.Create(number))]);

    private static (string Member, JsonNode? Content) Result(JsonNode? result) => ("result", result);

    private static (string Member, JsonNode? Content) Error(int code, string message, JsonNode? data = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        if (data is not null)
        {
            error["data"] = data;
        }

        return ("error", error);
    }
}
