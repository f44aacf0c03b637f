namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>The end of a command with one admin call: silent with 0, or with the refusal on standard output and 1.</summary>
internal static class AdminCallExit
{
    public static async Task<int> CallForExitCodeAsync(this IAdminCalls admin, ClientWords client, ICommandTerminal terminal, string method, params object[] parameters)
    {
        try
        {
            await admin.CallAsync(method, parameters).ConfigureAwait(false);
            return 0;
        }
        catch (AdminCallException e)
        {
            await terminal.OutAsync($"{client.Refused(method, e.Message)}\n").ConfigureAwait(false);
            return 1;
        }
    }
}
