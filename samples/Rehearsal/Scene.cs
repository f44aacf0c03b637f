using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Rehearsal;

/// <summary>A cluster and two stand-ins in a temporary folder, and the shells that reach them. Dispose removes all of it.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _parts = [];
    private readonly Dictionary<string, SshHost> _hosts = [];

    private Scene()
    {
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("rehearsal-").FullName;

    public StandInCluster Cluster { get; private set; } = null!;

    public ShellValidatorPair Nodes { get; private set; } = null!;

    public static async Task<Scene> SetAsync(RehearsalOptions options, CancellationToken cancellationToken)
    {
        var scene = new Scene();
        try
        {
            scene.Cluster = scene.Keep(await StandInCluster.StartAsync(
                new StandInClusterOptions { Folder = scene.Folder, Seed = options.Seed, Client = options.Client }, cancellationToken));
            var shellA = await scene.ReachAsync(scene.Cluster.A, options, cancellationToken);
            var shellB = await scene.ReachAsync(scene.Cluster.B, options, cancellationToken);
            scene.Nodes = scene.Keep(new ShellValidatorPair(
                scene.Cluster.StakedIdentity, scene.Cluster.A.Settings, shellA, scene.Cluster.B.Settings, shellB));
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>The OpenSSH server in front of a node; null if a local shell reaches the node.</summary>
    public SshHost? HostOf(StandInNode node) => _hosts.GetValueOrDefault(node.Name);

    public async ValueTask DisposeAsync()
    {
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            await _parts[i].DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private async Task<IShell> ReachAsync(StandInNode node, RehearsalOptions options, CancellationToken cancellationToken)
    {
        if (options.Ssh is not { } client)
        {
            return Keep(new LocalShell());
        }

        var host = Keep(await SshHost.StartAsync(node.Folder, node.Name, options.RoundTrip, cancellationToken));
        _hosts.Add(node.Name, host);
        return Keep<IShell>(client == SshClientKind.OpenSsh ? ByOpenSsh(host) : ByItself(host));
    }

    private static SshNetShell ByItself(SshHost host) => new(new SshNetShellOptions
    {
        Host = "127.0.0.1",
        Port = host.Port,
        User = host.Server.User,
        KeyFile = host.Server.ClientKeyFile,
        HostKeys = HostKeyPolicy.KnownHosts(host.KnownHostsFile),
    });

    private static OpenSshShell ByOpenSsh(SshHost host) => new(new OpenSshShellOptions
    {
        Host = "127.0.0.1",
        Port = host.Port,
        User = host.Server.User,
        IdentityFile = host.Server.ClientKeyFile,
        KnownHostsFile = host.KnownHostsFile,
    });

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }
}
