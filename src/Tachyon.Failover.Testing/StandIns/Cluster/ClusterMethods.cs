using System.Security.Cryptography;
using System.Text.Json;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Gossip;
using Tachyon.Failover.Testing.Simulation.Judge;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.StandIns.Commands;
using Tachyon.Failover.Testing.StandIns.Rpc;
using Tachyon.Failover.Testing.StandIns.Wire;

namespace Tachyon.Failover.Testing.StandIns.Cluster;

/// <summary>The cluster's JSON-RPC, with the shapes of <c>golden/json-rpc.json</c>.</summary>
internal sealed class ClusterMethods(ClientWords client, EventPump pump, ChainModel chain, GossipModel gossip, ClusterMembers members)
{
    public const int ShredVersion = 10821;

    /// <summary>The launcher's own question. No real node has it.</summary>
    public const string ChainReportMethod = "standInChainReport";

    private const ulong MaxBlocksRange = 500_000;
    private readonly VoteAccountAnswers _voteAccounts = new(chain, client);
    private readonly BlockAnswers _blocks = new(chain);

    public Action<Utf8JsonWriter> Answer(JsonRpcRequest request) => pump.Ask(() => Find(request));

    private Action<Utf8JsonWriter> Find(JsonRpcRequest request)
    {
        // A cut-off node still answers from its old state.
        var known = request.Asker is { } asker ? members.CutOffAt(asker) : null;
        Bank At(string commitment) => NewestOf(commitment, known);
        var commitment = request.Option("commitment")?.GetString() ?? "finalized";
        switch (request.Method)
        {
            case "getIdentity":
                return writer => Member(writer, "identity", chain.Identities.Big.ToString());
            case "getHealth":
                return writer => writer.WriteStringValue("ok");
            case "getVersion":
                return WriteVersion;
            case "getSlot":
                var slot = At(commitment).Slot;
                return writer => writer.WriteNumberValue(slot);
            case "getBlockHeight":
                var height = At(commitment).Height;
                return writer => writer.WriteNumberValue(height);
            case "getEpochInfo":
                return EpochInfo(At(commitment));
            case "getGenesisHash":
                var genesis = new Pubkey(SHA256.HashData(chain.Identities.Big.Bytes.Span)).ToString();
                return writer => writer.WriteStringValue(genesis);
            case "getLeaderSchedule":
                return LeaderSchedule(request);
            case "getSlotLeaders":
                return SlotLeaders(request);
            case "getVoteAccounts":
                return _voteAccounts.GetVoteAccounts(At(commitment), request.Option("votePubkey")?.GetString());
            case "getAccountInfo":
                return _voteAccounts.GetAccountInfo(At(commitment), request.Text(0), request.Option("encoding")?.GetString());
            case "getBalance":
                return _voteAccounts.GetBalance(At(commitment));
            case "getClusterNodes":
                var contacts = gossip.Contacts.ToArray();
                return writer => ClusterNodeAnswers.Write(writer, client, contacts, chain.Identities.Big);
            case "getBlocks":
                return Blocks(request, commitment, At(commitment));
            case "getBlock":
                return _blocks.GetBlock(request, At(commitment));
            case "getHighestSnapshotSlot":
                var full = SnapshotSlot(chain.Newest.Slot);
                return writer => Snapshot(writer, full);
            case "minimumLedgerSlot":
            case "getFirstAvailableBlock":
                var first = chain.FirstSlot;
                return writer => writer.WriteNumberValue(first);
            case ChainReportMethod:
                var report = ChainJudge.Report(chain, request.Number(0) ?? 0);
                return writer => JsonSerializer.Serialize(writer, report, WireJson.Default.ChainReport);
            default:
                throw JsonRpcException.UnknownMethod();
        }
    }

    /// <summary>The newest bank of a commitment. One node has nearly all stake here, so its votes confirm a block.</summary>
    private Bank NewestOf(string commitment, ulong? known)
    {
        if (commitment is "processed" or "confirmed" && known is null)
        {
            return commitment is "processed" ? chain.Tip : chain.Newest;
        }

        var slot = Math.Min(commitment is "processed" or "confirmed" ? chain.Newest.Slot : chain.Newest.Root, known ?? ulong.MaxValue);
        while (slot > chain.FirstSlot && chain.BankAt(slot) is null)
        {
            slot--;
        }

        return chain.BankAt(slot) ?? chain.Newest;
    }

    /// <summary>A full snapshot every 100 slots.</summary>
    internal static ulong SnapshotSlot(ulong slot) => ((slot - 51) / 100 * 100) + 49;

    private void WriteVersion(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("feature-set", client.FeatureSet);
        writer.WriteString("solana-core", client.Version);
        writer.WriteEndObject();
    }

    private static void Snapshot(Utf8JsonWriter writer, ulong full)
    {
        writer.WriteStartObject();
        writer.WriteNumber("full", full);
        writer.WriteNull("incremental");
        writer.WriteEndObject();
    }

    private static void Member(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartObject();
        writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    private Action<Utf8JsonWriter> EpochInfo(Bank bank)
    {
        var epoch = chain.Schedule.EpochOf(bank.Slot);
        var first = chain.Schedule.FirstSlotOf(epoch);
        var length = chain.Schedule.FirstSlotOf(1);
        return writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("absoluteSlot", bank.Slot);
            writer.WriteNumber("blockHeight", bank.Height);
            writer.WriteNumber("epoch", epoch);
            writer.WriteNumber("slotIndex", bank.Slot - first);
            writer.WriteNumber("slotsInEpoch", length);
            writer.WriteNumber("transactionCount", bank.Height * 23);
            writer.WriteEndObject();
        };
    }

    private Action<Utf8JsonWriter> LeaderSchedule(JsonRpcRequest request)
    {
        var epoch = chain.Schedule.EpochOf(request.Number(0) ?? chain.Newest.Slot);
        if (epoch > chain.Schedule.EpochOf(chain.Newest.Slot) + 1)
        {
            return writer => writer.WriteNullValue();
        }

        var identity = request.Option("identity")?.GetString();
        var schedules = new[] { (Key: chain.Identities.Staked, Staked: true), (Key: chain.Identities.Big, Staked: false) }
            .Where(leader => identity is null || string.Equals(identity, leader.Key.ToString(), StringComparison.Ordinal))
            .Select(leader => (leader.Key, Slots: chain.Schedule.SlotsOf(leader.Staked, epoch).ToArray()))
            .Where(leader => leader.Slots.Length > 0)
            .ToArray();
        return writer =>
        {
            writer.WriteStartObject();
            foreach (var (key, slots) in schedules)
            {
                writer.WriteStartArray(key.ToString());
                foreach (var slot in slots)
                {
                    writer.WriteNumberValue(slot);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        };
    }

    private Action<Utf8JsonWriter> SlotLeaders(JsonRpcRequest request)
    {
        var first = request.Number(0) ?? 0;
        var leaders = Enumerable.Range(0, (int)(request.Number(1) ?? 0)).Select(i => chain.LeaderOf(first + (ulong)i)).ToArray();
        return writer =>
        {
            writer.WriteStartArray();
            foreach (var leader in leaders)
            {
                writer.WriteStringValue(leader.ToString());
            }

            writer.WriteEndArray();
        };
    }

    private Action<Utf8JsonWriter> Blocks(JsonRpcRequest request, string commitment, Bank newest)
    {
        if (string.Equals(commitment, "processed", StringComparison.Ordinal))
        {
            throw new JsonRpcException(JsonRpcException.InvalidParams, "Method does not support commitment below `confirmed`");
        }

        var first = request.Number(0) ?? throw new JsonRpcException(JsonRpcException.InvalidParams, "`params` should have at least 1 argument(s)");
        var last = Math.Min(request.Number(1) ?? ulong.MaxValue, newest.Slot);
        if (last > first && last - first > MaxBlocksRange)
        {
            throw new JsonRpcException(JsonRpcException.InvalidParams, $"Slot range too large; max {MaxBlocksRange}");
        }

        var slots = new List<ulong>();
        for (var slot = Math.Max(first, chain.FirstSlot); slot <= last; slot++)
        {
            if (chain.BankAt(slot) is not null)
            {
                slots.Add(slot);
            }
        }

        return writer =>
        {
            writer.WriteStartArray();
            slots.ForEach(writer.WriteNumberValue);
            writer.WriteEndArray();
        };
    }
}
