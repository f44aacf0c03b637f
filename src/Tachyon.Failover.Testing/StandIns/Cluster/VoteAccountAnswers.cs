using System.Globalization;
using System.Text.Json;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;
using Tachyon.Failover.Testing.StandIns.Commands;
using Tachyon.Failover.Testing.StandIns.Rpc;

namespace Tachyon.Failover.Testing.StandIns.Cluster;

/// <summary>The JSON-RPC methods about accounts.</summary>
internal sealed class VoteAccountAnswers(ChainModel chain, ClientWords client)
{
    private const ulong Stake = 49_999_997_717_120;
    private const ulong BigStake = 949_999_997_717_120;
    private const ulong Balance = 500_005_072_100;
    private const string SystemProgramAddress = "11111111111111111111111111111111";
    private const ulong DelinquentSlots = 128;
    private const int VoteAccountSize = 3762;
    private const string NoBlsKey = "111111111111111111111111111111111111111111111111";

    public Action<Utf8JsonWriter> GetVoteAccounts(Bank bank, string? voteAccount)
    {
        var ours = (Address: chain.Identities.VoteAccount, Node: chain.Identities.Staked, State: bank.VoteAccount, Stake);
        var big = (Address: chain.Identities.BigVoteAccount, Node: chain.Identities.Big, State: bank.BigVoteAccount, Stake: BigStake);
        var asked = new[] { ours, big }
            .Where(account => voteAccount is null || string.Equals(voteAccount, account.Address.ToString(), StringComparison.Ordinal))
            .ToLookup(account => (account.State.LastSlot ?? 0) + DelinquentSlots < bank.Slot);
        return writer =>
        {
            writer.WriteStartObject();
            foreach (var (name, accounts) in new[] { ("current", asked[false]), ("delinquent", asked[true]) })
            {
                writer.WriteStartArray(name);
                foreach (var (address, node, state, stake) in accounts)
                {
                    WriteVoteAccount(writer, address, node, state, stake);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        };
    }

    public Action<Utf8JsonWriter> GetAccountInfo(Bank bank, string? address, string? encoding)
    {
        var isVoteAccount = string.Equals(address, chain.Identities.VoteAccount.ToString(), StringComparison.Ordinal);
        if (isVoteAccount && !string.Equals(encoding, "jsonParsed", StringComparison.Ordinal))
        {
            throw new JsonRpcException(JsonRpcException.InvalidParams, "The stand-in has this account as jsonParsed only");
        }

        return InContext(bank, writer =>
        {
            if (string.Equals(address, chain.Identities.Staked.ToString(), StringComparison.Ordinal))
            {
                WriteIdentity(writer);
                return;
            }

            if (!isVoteAccount)
            {
                writer.WriteNullValue();
                return;
            }

            writer.WriteStartObject();
            writer.WriteStartObject("data");
            writer.WriteStartObject("parsed");
            WriteVoteState(writer, bank);
            writer.WriteString("type", "vote");
            writer.WriteEndObject();
            writer.WriteString("program", "vote");
            writer.WriteNumber("space", VoteAccountSize);
            writer.WriteEndObject();
            writer.WriteBoolean("executable", value: false);
            writer.WriteNumber("lamports", 185_672_069_152);
            writer.WriteString("owner", BlockAnswers.VoteProgramAddress);
            writer.WriteNumber("rentEpoch", ulong.MaxValue);
            writer.WriteNumber("space", VoteAccountSize);
            writer.WriteEndObject();
        });
    }

    public Action<Utf8JsonWriter> GetBalance(Bank bank) => InContext(bank, writer => writer.WriteNumberValue(Balance));

    // No program owns the account of an identity, so there is nothing to parse: jsonParsed falls back to base64.
    private static void WriteIdentity(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("data");
        writer.WriteStringValue("");
        writer.WriteStringValue("base64");
        writer.WriteEndArray();
        writer.WriteBoolean("executable", value: false);
        writer.WriteNumber("lamports", Balance);
        writer.WriteString("owner", SystemProgramAddress);
        writer.WriteNumber("rentEpoch", ulong.MaxValue);
        writer.WriteNumber("space", 0);
        writer.WriteEndObject();
    }

    private Action<Utf8JsonWriter> InContext(Bank bank, Action<Utf8JsonWriter> value) => writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("context");
        writer.WriteString("apiVersion", client.Version);
        writer.WriteNumber("slot", bank.Slot);
        writer.WriteEndObject();
        writer.WritePropertyName("value");
        value(writer);
        writer.WriteEndObject();
    };

    private static void WriteVoteAccount(Utf8JsonWriter writer, Pubkey address, Pubkey node, VoteAccountState state, ulong stake)
    {
        writer.WriteStartObject();
        writer.WriteNumber("activatedStake", stake);
        writer.WriteNumber("commission", 100);
        writer.WriteStartArray("epochCredits");
        foreach (var credits in state.Credits)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(credits.Epoch);
            writer.WriteNumberValue(credits.Credits);
            writer.WriteNumberValue(credits.Previous);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("epochVoteAccount", value: true);
        writer.WriteNumber("lastVote", state.LastSlot ?? 0);
        writer.WriteString("nodePubkey", node.ToString());
        writer.WriteNumber("rootSlot", state.Root ?? 0);
        writer.WriteString("votePubkey", address.ToString());
        writer.WriteEndObject();
    }

    private void WriteVoteState(Utf8JsonWriter writer, Bank bank)
    {
        var state = bank.VoteAccount;
        var staked = chain.Identities.Staked.ToString();
        writer.WriteStartObject("info");
        writer.WriteStartArray("authorizedVoters");
        writer.WriteStartObject();
        writer.WriteString("authorizedVoter", staked);
        writer.WriteNumber("epoch", chain.Schedule.EpochOf(bank.Slot));
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteString("authorizedWithdrawer", staked);
        if (client.HasNewVoteState)
        {
            writer.WriteString("blockRevenueCollector", staked);
            writer.WriteNumber("blockRevenueCommissionBps", 0);
            writer.WriteString("blsPubkeyCompressed", NoBlsKey);
        }

        writer.WriteNumber("commission", 100);
        writer.WriteStartArray("epochCredits");
        foreach (var credits in state.Credits)
        {
            writer.WriteStartObject();
            writer.WriteString("credits", credits.Credits.ToString(CultureInfo.InvariantCulture));
            writer.WriteNumber("epoch", credits.Epoch);
            writer.WriteString("previousCredits", credits.Previous.ToString(CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (client.HasNewVoteState)
        {
            writer.WriteString("inflationRewardsCollector", staked);
            writer.WriteNumber("inflationRewardsCommissionBps", 10000);
        }

        writer.WriteStartObject("lastTimestamp");
        writer.WriteNumber("slot", state.LastSlot ?? 0);
        writer.WriteNumber("timestamp", bank.CompletedAt.ToUnixTimeSeconds());
        writer.WriteEndObject();
        writer.WriteString("nodePubkey", staked);
        if (client.HasNewVoteState)
        {
            writer.WriteString("pendingDelegatorRewards", "0");
        }

        writer.WriteStartArray("priorVoters");
        writer.WriteEndArray();
        writer.WriteNumber("rootSlot", state.Root ?? 0);
        writer.WriteStartArray("votes");
        foreach (var vote in state.Votes)
        {
            writer.WriteStartObject();
            writer.WriteNumber("confirmationCount", vote.ConfirmationCount);
            if (client.HasNewVoteState)
            {
                writer.WriteNumber("latency", 1);
            }

            writer.WriteNumber("slot", vote.Slot);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
