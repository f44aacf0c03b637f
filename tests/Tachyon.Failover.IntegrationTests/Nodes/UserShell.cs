using Tachyon.Failover.Shells;

namespace Tachyon.Failover.IntegrationTests.Nodes;

/// <summary>A login as another user, for tests that are root. The shell given is not disposed.</summary>
internal sealed class UserShell(IShell shell, string user) : IShell
{
    public string Name => $"{user} by {shell.Name}";

    public Task<IShellSession> StartAsync(ShellScript script, CancellationToken cancellationToken = default) =>
        shell.StartAsync(ShellScript.Create($"exec setpriv --reuid={user} --regid=\"$(id -g {user})\" --clear-groups -- sh -c {script.Text}"), cancellationToken);

    public Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken = default) => shell.ConnectAsync(host, port, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
