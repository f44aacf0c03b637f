namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary><c>contact-info</c>.</summary>
internal sealed class ContactInfoCommand(IAdminCalls admin, ICommandTerminal terminal)
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
            await terminal.OutAsync(string.Concat(Lines.Select(line => $"{line.Label}: {info.GetProperty(line.Name)}\n"))).ConfigureAwait(false);
            return 0;
        }
        catch (AdminCallException e)
        {
            await terminal.OutAsync($"Contact info query failed: {e.Message}\n").ConfigureAwait(false);
            return 1;
        }
    }
}
