using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tachyon.Failover.Cluster.Wire;

/// <summary>Converts the result of a method to its typed answer. Pure. Each throws <see cref="JsonException"/> for a result that the
/// method cannot have; its text finishes the sentence "the answer is not of its shape:".</summary>
internal static class WireReader
{
    private const string FeatureProgram = "Feature111111111111111111111111111111111111";

    public static Pubkey Identity(JsonElement result) => Key(As(result, WireJson.Default.WireIdentity).Identity);

    public static string Version(JsonElement result) =>
        As(result, WireJson.Default.WireVersion).SolanaCore is { Length: > 0 } version
            ? ForeignText.Clean(version)
            : throw new JsonException("the version is empty.");

    /// <summary>The certificate itself is of no use here.</summary>
    public static bool? AgGenesisCert(JsonElement result) => result.ValueKind switch
    {
        JsonValueKind.Object => true,
        JsonValueKind.Null => false,
        _ => throw new JsonException("a certificate is an object or null."),
    };

    public static ulong Slot(JsonElement result) => As(result, WireJson.Default.UInt64);

    /// <summary>A genesis hash is 32 bytes in base58, as a pubkey is.</summary>
    public static string Hash(JsonElement result) =>
        Key(As(result, WireJson.Default.String)).ToString();

    public static NodeHealth Health(JsonElement result) =>
        As(result, WireJson.Default.String) == "ok"
            ? new NodeHealth { IsHealthy = true }
            : throw new JsonException("a healthy node says ok, and an unhealthy one answers with an error.");

    public static NodeHealth IllHealth(WireError error) => new()
    {
        IsHealthy = false,
        SlotsBehind = error.Data.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            ? null
            : As(error.Data, WireJson.Default.WireHealth).NumSlotsBehind,
        Message = error.Message,
    };

    public static EpochInfo EpochInfo(JsonElement result)
    {
        var wire = As(result, WireJson.Default.WireEpochInfo);
        if (wire.SlotIndex >= wire.SlotsInEpoch || wire.SlotIndex > wire.AbsoluteSlot)
        {
            throw new JsonException("the slot lies outside of its epoch.");
        }

        return new EpochInfo
        {
            Epoch = wire.Epoch,
            SlotIndex = wire.SlotIndex,
            SlotsInEpoch = wire.SlotsInEpoch,
            AbsoluteSlot = wire.AbsoluteSlot,
        };
    }

    public static IReadOnlyList<ulong>? LeaderSchedule(JsonElement result, Pubkey identity)
    {
        if (result.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        // The result omits an identity without leader slots.
        return As(result, WireJson.Default.DictionaryStringUInt64Array).TryGetValue(identity.ToString(), out var slots)
            ? Ascending(slots ?? throw new JsonException("the leader slots are null."))
            : [];
    }

    public static IReadOnlyList<VoteAccount> VoteAccounts(JsonElement result)
    {
        var wire = As(result, WireJson.Default.WireVoteAccounts);
        return [.. wire.Current.Select(account => VoteAccount(account, isDelinquent: false)), .. wire.Delinquent.Select(account => VoteAccount(account, isDelinquent: true))];
    }

    public static AccountInfo? AccountInfo(JsonElement result) =>
        As(result, WireJson.Default.WireAccountInfo).Value is { } account
            ? new AccountInfo { Lamports = account.Lamports, Owner = Key(account.Owner), Vote = VoteState(account.Data), IsActiveFeature = account.Owner == FeatureProgram && IsActive(account.Data) }
            : null;

    public static IReadOnlyList<ClusterNode> ClusterNodes(JsonElement result) =>
    [
        .. As(result, WireJson.Default.WireClusterNodeArray).Select(wire => wire is null
            ? throw new JsonException("a node is null.")
            : new ClusterNode
            {
                Identity = Key(wire.Pubkey),
                Gossip = Address(wire.Gossip),
                Rpc = Address(wire.Rpc),
                TpuVote = Address(wire.TpuVote),
                Version = wire.Version is null ? null : ForeignText.Clean(wire.Version),
                ShredVersion = wire.ShredVersion,
                Client = wire.ClientId.ValueKind == JsonValueKind.String ? ForeignText.Clean(wire.ClientId.GetString()!) : null,
            }),
    ];

    public static IReadOnlyList<ulong> Blocks(JsonElement result, ulong first, ulong last)
    {
        var slots = Ascending(As(result, WireJson.Default.UInt64Array));
        return slots is [] || (slots[0] >= first && slots[^1] <= last)
            ? slots
            : throw new JsonException($"it lists slots outside of {first} to {last}.");
    }

    public static Block? Block(JsonElement result, ulong slot)
    {
        if (result.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var wire = As(result, WireJson.Default.WireBlock);
        if (wire.ParentSlot >= slot && slot > 0)
        {
            throw new JsonException($"slot {slot} has the parent {wire.ParentSlot}.");
        }

        return new Block { Slot = slot, ParentSlot = wire.ParentSlot, Transactions = [.. wire.Transactions.Select(Transaction)] };
    }

    /// <summary>The account of a feature holds 1 and the slot once it is active, and 0 while it waits for an epoch.</summary>
    private static bool IsActive(JsonElement data) =>
        data.ValueKind == JsonValueKind.Array && data.GetArrayLength() == 2 && data[1].ValueEquals("base64") && data[0].TryGetBytesFromBase64(out var bytes) && bytes is [1, ..];

    private static VoteState? VoteState(JsonElement data)
    {
        if (data.ValueKind == JsonValueKind.Array)
        {
            return null;
        }

        var content = As(data, WireJson.Default.ParsedData);
        if (content is not { Program: "vote", Parsed.Type: "vote" })
        {
            return null;
        }

        var wire = As(content.Parsed.Info, WireJson.Default.VoteInfo);
        if (wire.AuthorizedVoters.Contains(null))
        {
            throw new JsonException("an authorized voter is null.");
        }

        if (wire.AuthorizedVoters.DistinctBy(static voter => voter.Epoch).Count() < wire.AuthorizedVoters.Length)
        {
            throw new JsonException("an epoch has two authorized voters.");
        }

        return new VoteState
        {
            Node = Key(wire.NodePubkey),
            Votes = wire.Votes?.Length,
            HasRoot = wire.RootSlot is not null,
            AuthorizedVoters = wire.AuthorizedVoters.ToDictionary(static voter => voter.Epoch, static voter => Key(voter.AuthorizedVoter)),
        };
    }

    private static BlockTransaction Transaction(WireBlock.Entry? entry)
    {
        var keys = entry?.Transaction.AccountKeys ?? throw new JsonException("a transaction is null.");
        if (keys.Contains(null))
        {
            throw new JsonException("an account of a transaction is null.");
        }

        var accounts = Array.ConvertAll(keys, key => Key(key.Pubkey));
        return new BlockTransaction
        {
            Signers = [.. accounts.Where((_, i) => keys[i].Signer)],
            Accounts = accounts,
            Failed = entry.Meta.Err.ValueKind switch
            {
                JsonValueKind.Null => false,
                JsonValueKind.String or JsonValueKind.Object => true,
                _ => throw new JsonException("the error of a transaction is neither null nor a word nor an object."),
            },
            CustomError = CustomError(entry.Meta.Err),
        };
    }

    /// <summary><c>{"InstructionError":[0,{"Custom":6}]}</c> holds one; every other error is a word or has another member.</summary>
    private static uint? CustomError(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object || !error.TryGetProperty("InstructionError", out var instruction))
        {
            return null;
        }

        if (instruction.ValueKind != JsonValueKind.Array || instruction.GetArrayLength() != 2)
        {
            throw new JsonException("an instruction error is no pair.");
        }

        if (instruction[1].ValueKind != JsonValueKind.Object || !instruction[1].TryGetProperty("Custom", out var custom))
        {
            return null;
        }

        return custom.ValueKind == JsonValueKind.Number && custom.TryGetUInt32(out var code)
            ? code
            : throw new JsonException("a custom error is no 32-bit number.");
    }

    private static VoteAccount VoteAccount(WireVoteAccounts.Account? wire, bool isDelinquent)
    {
        if (wire is null || wire.EpochCredits.Any(credits => credits is not { Length: 3 }))
        {
            throw new JsonException("a vote account is null, or its epoch credits are not triples.");
        }

        return new VoteAccount
        {
            Address = Key(wire.VotePubkey),
            Node = Key(wire.NodePubkey),
            ActivatedStake = wire.ActivatedStake,
            LastVote = wire.LastVote,
            RootSlot = wire.RootSlot,
            IsDelinquent = isDelinquent,
            Credits = wire.EpochCredits.MaxBy(credits => credits[0])?[1] ?? 0,
        };
    }

    private static ulong[] Ascending(ulong[] slots)
    {
        for (var i = 1; i < slots.Length; i++)
        {
            if (slots[i] <= slots[i - 1])
            {
                throw new JsonException("the slots do not ascend.");
            }
        }

        return slots;
    }

    private static Pubkey Key(string base58) =>
        Pubkey.TryParse(base58, out var key) ? key : throw new JsonException("a key or hash is not base58 of 32 bytes.");

    /// <summary><c>10.0.0.1:8001</c> or <c>[::1]:8001</c>.</summary>
    private static IPEndPoint? Address(string? text)
    {
        if (text is null)
        {
            return null;
        }

        // The runtime's parser also accepts an address without a port.
        var beforePort = text.StartsWith('[') ? "]:" : ":";
        return IPEndPoint.TryParse(text, out var address) && text.Split(beforePort).Length == 2
            ? address
            : throw new JsonException("an address is not of the form ip:port.");
    }

    private static T As<T>(JsonElement element, JsonTypeInfo<T> type) =>
        element.Deserialize(type) ?? throw new JsonException("it is null.");
}
