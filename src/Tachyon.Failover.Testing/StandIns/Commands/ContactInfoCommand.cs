namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary><c>contact-info</c>.</summary>
internal sealed class ContactInfoCommand(ClientWords client, IAdminCalls admin, ICommandTerminal terminal)
{
    private static readonly (string Label, string Name)[] Lines =
    [
        ("Identity", "id"),
        ("Gossip", "gossip"),
        ("TVU", "tvu"),
        ("TVU QUIC", "tvu_quic"),
        ("TPU", "tpu"),
        ("TPU Forwards", "tpu_forwards"),
        ("TPU Votes", "tpu_vote"),
        ("RPC", "rpc"),
        ("RPC Pubsub", "rpc_pubsub"),
        ("Serve Repair", "serve_repair"),
        ("Last Updated Timestamp", "last_updated_timestamp"),
        ("Shred Version", "shred_version"),
    ];

    public async Task<int> RunAsync()
    {
        try
        {
            var info = await admin.CallAsync("contactInfo").ConfigureAwait(false);
            var lines = Lines.Where(line => info.TryGetProperty(line.Name, out _)).Select(line => $"{line.Label}: {info.GetProperty(line.Name)}\n");
            await terminal.OutAsync($"{string.Concat(lines)}{(client.TakesUdp ? "" : "\n")}").ConfigureAwait(false);
            return 0;
        }
        catch (AdminCallException e)
        {
            await terminal.OutAsync($"{(client.TakesUdp ? $"Contact info query failed: {e.Message}" : client.Refused("contactInfo", e.Message))}\n").ConfigureAwait(false);
            return 1;
        }
    }
}
