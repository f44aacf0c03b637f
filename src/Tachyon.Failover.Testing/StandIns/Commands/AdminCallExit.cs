namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>How a command ends that consists of one admin call: silently with 0, or with the refusal's words on standard output and 1.</summary>
internal static class AdminCallExit
{
    public static async Task<int> CallForExitCodeAsync(this IAdminCalls admin, ICommandTerminal terminal, string method, params object[] parameters)
    {
        try
        {
            await admin.CallAsync(method, parameters).ConfigureAwait(false);
            return 0;
        }
        catch (AdminCallException e)
        {
            await terminal.OutAsync($"{method} request failed: {e.Message}\n").ConfigureAwait(false);
            return 1;
        }
    }
}
