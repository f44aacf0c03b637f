using System.Net.Sockets;
using System.Text;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Testing.StandIns;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.StandIns;

/// <summary>A simulated cluster of 4.0 in a folder of its own, gone at the end.</summary>
public class StandInFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tf-").FullName;

    public StandInCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Cluster = await StandInCluster.StartAsync(new StandInClusterOptions { Folder = _folder, TimeLimit = Patience.Limit, Seed = 3, LeaderShare = 0.1, Client = Client }, TestContext.Current.CancellationToken);

    /// <summary>The client of its nodes.</summary>
    public virtual StandInClient Client => StandInClient.Agave40;

    /// <summary>The folder of the recordings of that client.</summary>
    public string Golden => Path.Combine(AppContext.BaseDirectory, "Golden", Client == StandInClient.Tachyon22 ? "" : "4.0");

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Sends bytes to a node's admin socket.</summary>
    /// <returns>Its answer within the time, up to the end of a line; empty if there is none.</returns>
    public static async Task<string> AdminAsync(StandInNode node, string request, TimeSpan limit)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(node.Ledger, "admin.rpc")));
        await socket.SendAsync(Encoding.UTF8.GetBytes(request));
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        using var time = new CancellationTokenSource(limit, TimeProvider.System);
        try
        {
            while (!answer.ToString().EndsWith('\n'))
            {
                var read = await socket.ReceiveAsync(buffer, time.Token);
                if (read == 0)
                {
                    break;
                }

                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // No answer in time, or the process died of it.
        }

        return answer.ToString();
    }

    public static Task<string> SetIdentityAsync(StandInNode node, string keypair, bool requireTower = false) =>
        AdminAsync(node, $$"""{"jsonrpc":"2.0","id":1,"method":"setIdentity","params":["{{keypair}}",{{(requireTower ? "true" : "false")}}]}""", TimeSpan.FromSeconds(10));

    public static Task<string> AdminAsync(StandInNode node, string method) =>
        AdminAsync(node, $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":[]}""", TimeSpan.FromSeconds(10));
}

/// <summary>A simulated cluster of 2.2.</summary>
public sealed class Tachyon22Fixture : StandInFixture
{
    public override StandInClient Client => StandInClient.Tachyon22;
}
