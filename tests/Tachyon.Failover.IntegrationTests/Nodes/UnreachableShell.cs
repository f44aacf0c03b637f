using Tachyon.Failover.Shells;

namespace Tachyon.Failover.IntegrationTests.Nodes;

/// <summary>A shell of a node that cannot be reached.</summary>
internal sealed class UnreachableShell : IShell
{
    public string Name => "nowhere";

    public Task<IShellSession> StartAsync(ShellScript script, CancellationToken cancellationToken = default) =>
        Task.FromException<IShellSession>(new ShellException(ShellFailure.Unreachable, Name, "nowhere: no route to the host"));

    public Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken = default) =>
        Task.FromException<Stream>(new ShellException(ShellFailure.Unreachable, Name, "nowhere: no route to the host"));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
