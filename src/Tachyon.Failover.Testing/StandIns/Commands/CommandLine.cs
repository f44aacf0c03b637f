using Tachyon.Failover.Testing.StandIns.Validator;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>
/// The command line of <c>tachyon-validator</c>: words, streams and exit codes as in <c>golden/cli.json</c> and <c>golden-4.0/cli.json</c>. Errors of a call go to
/// standard output, those of an argument to standard error.
/// </summary>
internal sealed class CommandLine(ClientWords client, IAdminCalls admin, ICommandTerminal terminal, string folder, TimeProvider time)
{
    /// <summary>Runs a command.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var words = new Queue<string>(arguments);
        while (words.TryPeek(out var word) && word.StartsWith('-'))
        {
            words.Dequeue();
            switch (word)
            {
                case "-l" or "--ledger" when words.Count > 0:
                    Ledger = words.Dequeue();
                    break;
                case "-V" or "--version":
                    await terminal.OutAsync($"{client.Line}\n").ConfigureAwait(false);
                    return 0;
                default:
                    return await UnknownAsync(word).ConfigureAwait(false);
            }
        }

        var command = words.Count > 0 ? words.Dequeue() : "";
        return command switch
        {
            "set-identity" => await new SetIdentityCommand(client, admin, terminal, folder).RunAsync(words).ConfigureAwait(false),
            "authorized-voter" => await new AuthorizedVoterCommand(client, admin, terminal, folder).RunAsync(words).ConfigureAwait(false),
            "contact-info" => await new ContactInfoCommand(client, admin, terminal).RunAsync().ConfigureAwait(false),
            "wait-for-restart-window" => await new RestartWindowCommand(client, admin, terminal, time).RunAsync(words).ConfigureAwait(false),
            "monitor" => await new MonitorCommand(client, admin, terminal, time, Ledger).RunAsync().ConfigureAwait(false),
            _ => await UnknownAsync(command).ConfigureAwait(false),
        };
    }

    /// <summary>The ledger folder that the command names.</summary>
    public string Ledger { get; private set; } = "ledger";

    private async Task<int> UnknownAsync(string word)
    {
        await terminal.ErrorAsync($"error: Found argument '{word}' which wasn't expected, or isn't valid in this context\n").ConfigureAwait(false);
        return 1;
    }

    /// <summary>Reads the keypair of an argument, as the argument parser does before anything is sent.</summary>
    /// <returns>The path, made absolute with its links followed; null if it was refused.</returns>
    internal static async Task<string?> CheckKeypairAsync(ICommandTerminal terminal, string folder, string argument, string name)
    {
        var path = Path.GetFullPath(argument, folder);
        if (KeypairFiles.Read(path).Error is not { } error)
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }

        await terminal.ErrorAsync($"error: Invalid value for '<{name}>': {error}\n").ConfigureAwait(false);
        return null;
    }
}
