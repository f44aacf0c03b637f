using System.Globalization;
using System.Text.Json;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary><c>monitor</c>: a line every two seconds, for ever.</summary>
internal sealed class MonitorCommand(ClientWords client, IAdminCalls admin, ICommandTerminal terminal, TimeProvider time, string ledger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public async Task<int> RunAsync()
    {
        await terminal.OutAsync($"Ledger location: {ledger}\nInitializing...\nConnecting...\n").ConfigureAwait(false);
        try
        {
            var info = await admin.CallAsync("contactInfo").ConfigureAwait(false);
            var genesis = await admin.QueryAsync("getGenesisHash").ConfigureAwait(false);
            var version = (await admin.QueryAsync("getVersion").ConfigureAwait(false)).GetProperty("solana-core");
            await terminal.OutAsync(
                $"Identity: {info.GetProperty("id")}\nGenesis Hash: {genesis}\nVersion: {version}\nShred Version: {info.GetProperty("shred_version")}\n"
                + $"Gossip Address: {info.GetProperty("gossip")}\n{await PortAsync(info).ConfigureAwait(false)}\n"
                + $"JSON RPC URL: http://{info.GetProperty("rpc")}\nWebSocket PubSub URL: ws://{info.GetProperty("rpc_pubsub")}\n").ConfigureAwait(false);
            var started = (await admin.CallAsync("startTime").ConfigureAwait(false)).GetProperty("secs_since_epoch").GetInt64();
            while (true)
            {
                await terminal.OutAsync(await StatusAsync(started).ConfigureAwait(false)).ConfigureAwait(false);
                await Task.Delay(Interval, time).ConfigureAwait(false);
            }
        }
        catch (AdminCallException e)
        {
            await terminal.OutAsync($"{e.Message}\n").ConfigureAwait(false);
            return 1;
        }
    }

    private async Task<string> PortAsync(JsonElement info)
    {
        if (client.TakesUdp)
        {
            return $"TPU Address: {info.GetProperty("tpu")}";
        }

        var nodes = await admin.QueryAsync("getClusterNodes").ConfigureAwait(false);
        var own = nodes.EnumerateArray().First(node => node.GetProperty("pubkey").GetString() == info.GetProperty("id").GetString());
        return $"TPU QUIC Address: {own.GetProperty("tpuQuic")}";
    }

    private async Task<string> StatusAsync(long started)
    {
        var up = time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(started);
        var processed = await SlotAsync("processed").ConfigureAwait(false);
        var confirmed = await SlotAsync("confirmed").ConfigureAwait(false);
        var finalized = await SlotAsync("finalized").ConfigureAwait(false);
        var snapshot = (await admin.QueryAsync("getHighestSnapshotSlot").ConfigureAwait(false)).GetProperty("full");
        var transactions = (await admin.QueryAsync("getEpochInfo").ConfigureAwait(false)).GetProperty("transactionCount");
        return string.Create(CultureInfo.InvariantCulture, $"{up:hh\\:mm\\:ss} | Processed Slot: {processed} | Confirmed Slot: {confirmed} | Finalized Slot: {finalized} | Full Snapshot Slot: {snapshot} | Incremental Snapshot Slot: - | Transactions: {transactions} | ◎500.005072100\n");
    }

    private async Task<ulong> SlotAsync(string commitment) =>
        (await admin.QueryAsync("getSlot", new Dictionary<string, string>(StringComparer.Ordinal) { ["commitment"] = commitment }).ConfigureAwait(false)).GetUInt64();
}
