using System.Text.Json;
using Tachyon.Failover.Testing.StandIns.Validator;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary><c>set-identity [--require-tower] [KEYPAIR]</c>.</summary>
internal sealed class SetIdentityCommand(ClientWords client, IAdminCalls admin, ICommandTerminal terminal, string folder)
{
    private const string Usage = """
        tachyon-validator-set-identity 
        Set the validator identity

        USAGE:
            tachyon-validator set-identity [OPTIONS] [KEYPAIR]

        OPTIONS:
            -h, --help             Prints help information
                --require-tower    Refuse to set the validator identity if saved tower state is not found

        ARGS:
            <KEYPAIR>    Path to validator identity keypair [default: read JSON keypair from stdin]

        Note: the new identity only applies to the currently running validator instance

        """;

    public async Task<int> RunAsync(IEnumerable<string> arguments)
    {
        string? keypair = null;
        var requireTower = false;
        foreach (var argument in arguments)
        {
            switch (argument)
            {
                case "-h" or "--help":
                    await terminal.OutAsync(Usage).ConfigureAwait(false);
                    return 0;
                case "--require-tower":
                    requireTower = true;
                    break;
                default:
                    keypair = argument;
                    break;
            }
        }

        return keypair is null
            ? await FromInputAsync(requireTower).ConfigureAwait(false)
            : await FromFileAsync(keypair, requireTower).ConfigureAwait(false);
    }

    private async Task<int> FromFileAsync(string argument, bool requireTower)
    {
        if (await CommandLine.CheckKeypairAsync(terminal, folder, argument, "KEYPAIR").ConfigureAwait(false) is not { } path)
        {
            return 1;
        }

        await terminal.OutAsync($"New validator identity path: {path}\n").ConfigureAwait(false);
        return await admin.CallForExitCodeAsync(client, terminal, "setIdentity", path, requireTower).ConfigureAwait(false);
    }

    private async Task<int> FromInputAsync(bool requireTower)
    {
        var text = await terminal.ReadInputAsync().ConfigureAwait(false);
        var (keypair, error) = KeypairFiles.Parse(text);
        if (keypair is null)
        {
            await terminal.OutAsync($"{client.BadInput(error!)}\n").ConfigureAwait(false);
            return 1;
        }

        await terminal.OutAsync($"New validator identity: {keypair.Pubkey}\n").ConfigureAwait(false);
        using var bytes = JsonDocument.Parse(keypair.ToJson());
        return await admin.CallForExitCodeAsync(client, terminal, "setIdentityFromBytes", bytes.RootElement.Clone(), requireTower).ConfigureAwait(false);
    }
}
