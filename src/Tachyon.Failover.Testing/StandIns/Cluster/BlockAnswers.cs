using System.Text.Json;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;
using Tachyon.Failover.Testing.StandIns.Rpc;

namespace Tachyon.Failover.Testing.StandIns.Cluster;

/// <summary>Blocks, with our votes and the big node's as their transactions.</summary>
internal sealed class BlockAnswers(ChainModel chain)
{
    public const string VoteProgramAddress = "Vote111111111111111111111111111111111111111";

    public Action<Utf8JsonWriter> GetBlock(JsonRpcRequest request, Bank newest)
    {
        var slot = request.Number(0) ?? throw new JsonRpcException(JsonRpcException.InvalidParams, "`params` should have at least 1 argument(s)");
        if (string.Equals(request.Option("commitment")?.GetString(), "processed", StringComparison.Ordinal))
        {
            throw new JsonRpcException(JsonRpcException.InvalidParams, "Method does not support commitment below `confirmed`");
        }

        if (slot > newest.Slot)
        {
            throw new JsonRpcException(-32004, $"Block not available for slot {slot}");
        }

        if (chain.BankAt(slot) is not { } bank)
        {
            throw slot < chain.FirstSlot
                ? new JsonRpcException(-32007, $"Slot {slot} was skipped, or missing due to ledger jump to recent snapshot")
                : new JsonRpcException(-32009, $"Slot {slot} was skipped, or missing in long-term storage");
        }

        var details = request.Option("transactionDetails")?.GetString() ?? "full";
        return writer => Write(writer, bank, details);
    }

    private void Write(Utf8JsonWriter writer, Bank bank, string details)
    {
        writer.WriteStartObject();
        writer.WriteNumber("blockHeight", bank.Height);
        writer.WriteNumber("blockTime", bank.CompletedAt.ToUnixTimeSeconds());
        writer.WriteString("blockhash", new Pubkey(bank.Hash.Span).ToString());
        writer.WriteNumber("parentSlot", bank.ParentSlot);
        writer.WriteString("previousBlockhash", new Pubkey((chain.BankAt(bank.ParentSlot) ?? bank).Hash.Span).ToString());
        if (details is "accounts" or "full")
        {
            writer.WriteStartArray("transactions");
            WriteVote(writer, chain.Identities.Big, chain.Identities.BigVoteAccount, error: null, details);
            foreach (var vote in bank.Votes)
            {
                WriteVote(writer, vote.Identity, chain.Identities.VoteAccount, vote.Error, details);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteVote(Utf8JsonWriter writer, Pubkey node, Pubkey voteAccount, VoteError? error, string details)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("meta");
        if (error is { } code)
        {
            writer.WriteStartObject("err");
            writer.WriteStartArray("InstructionError");
            writer.WriteNumberValue(0);
            writer.WriteStartObject();
            writer.WriteNumber("Custom", (int)code);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("err");
        }

        writer.WriteNumber("fee", 10000);
        writer.WriteEndObject();
        writer.WriteStartObject("transaction");
        if (string.Equals(details, "accounts", StringComparison.Ordinal))
        {
            writer.WriteStartArray("accountKeys");
            WriteAccount(writer, node.ToString(), signer: true, writable: true);
            WriteAccount(writer, voteAccount.ToString(), signer: false, writable: true);
            WriteAccount(writer, VoteProgramAddress, signer: false, writable: false);
            writer.WriteEndArray();
        }
        else
        {
            WriteMessage(writer, node, voteAccount);
        }

        writer.WriteStartArray("signatures");
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteString("version", "legacy");
        writer.WriteEndObject();
    }

    private static void WriteAccount(Utf8JsonWriter writer, string address, bool signer, bool writable)
    {
        writer.WriteStartObject();
        writer.WriteString("pubkey", address);
        writer.WriteBoolean("signer", signer);
        writer.WriteString("source", "transaction");
        writer.WriteBoolean("writable", writable);
        writer.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter writer, Pubkey node, Pubkey voteAccount)
    {
        writer.WriteStartObject("message");
        writer.WriteStartArray("accountKeys");
        writer.WriteStringValue(node.ToString());
        writer.WriteStringValue(voteAccount.ToString());
        writer.WriteStringValue(VoteProgramAddress);
        writer.WriteEndArray();
        writer.WriteStartObject("header");
        writer.WriteNumber("numReadonlySignedAccounts", 0);
        writer.WriteNumber("numReadonlyUnsignedAccounts", 1);
        writer.WriteNumber("numRequiredSignatures", 1);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
