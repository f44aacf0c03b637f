using System.Text.Json;
using Tachyon.Failover.Testing.StandIns.Validator;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary><c>authorized-voter add [KEYPAIR]</c> and <c>authorized-voter remove-all</c>.</summary>
internal sealed class AuthorizedVoterCommand(ClientWords client, IAdminCalls admin, ICommandTerminal terminal, string folder)
{
    public Task<int> RunAsync(Queue<string> arguments)
    {
        arguments.TryDequeue(out var command);
        return command switch
        {
            "add" when arguments.TryDequeue(out var keypair) => AddAsync(keypair),
            "add" => AddFromInputAsync(),
            "remove-all" => RemoveAllAsync(),
            _ => UnknownAsync(command),
        };
    }

    private async Task<int> AddAsync(string argument)
    {
        if (await CommandLine.CheckKeypairAsync(terminal, folder, argument, "KEYPAIR").ConfigureAwait(false) is not { } path)
        {
            return 1;
        }

        await terminal.OutAsync($"Adding authorized voter path: {path}\n").ConfigureAwait(false);
        return await admin.CallForExitCodeAsync(client, terminal, "addAuthorizedVoter", path).ConfigureAwait(false);
    }

    private async Task<int> AddFromInputAsync()
    {
        var (keypair, error) = KeypairFiles.Parse(await terminal.ReadInputAsync().ConfigureAwait(false));
        if (keypair is null)
        {
            await terminal.OutAsync($"{client.BadInput(error!)}\n").ConfigureAwait(false);
            return 1;
        }

        await terminal.OutAsync($"Adding authorized voter: {keypair.Pubkey}\n").ConfigureAwait(false);
        using var bytes = JsonDocument.Parse(keypair.ToJson());
        return await admin.CallForExitCodeAsync(client, terminal, "addAuthorizedVoterFromBytes", bytes.RootElement.Clone()).ConfigureAwait(false);
    }

    private async Task<int> RemoveAllAsync()
    {
        var exit = await admin.CallForExitCodeAsync(client, terminal, "removeAllAuthorizedVoters").ConfigureAwait(false);
        if (exit == 0)
        {
            await terminal.OutAsync("All authorized voters removed\n").ConfigureAwait(false);
        }

        return exit;
    }

    private async Task<int> UnknownAsync(string? command)
    {
        await terminal.ErrorAsync($"error: Found argument '{command}' which wasn't expected, or isn't valid in this context\n").ConfigureAwait(false);
        return 1;
    }
}
