using System.Net.Sockets;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover.IntegrationTests.Cluster;

public sealed class HttpClusterRpcOverShellTests : HttpClusterRpcTests
{
    private protected override HttpClusterRpc Client(Uri endpoint, TimeProvider? timeProvider) =>
        HttpClusterRpc.OverShell(new PortOnlyShell(), endpoint.Port, timeProvider: timeProvider);

    /// <summary>A shell on this machine that can do nothing but connect.</summary>
    private sealed class PortOnlyShell : IShell
    {
        public string Name => "this machine";

        public async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken = default)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(host, port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                throw new ShellException(ShellFailure.ChannelRefused, Name, $"Nothing listens on port {port}.", exception);
            }
        }

        public Task<IShellSession> StartAsync(ShellScript script, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
