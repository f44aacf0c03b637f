using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Ssh;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Rehearsal;

/// <summary>A cluster and two stand-ins in a temporary folder, and the shells that reach them. Dispose removes all of it.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _parts = [];
    private readonly Dictionary<string, LoopbackSshd> _sshds = [];

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
                new StandInClusterOptions { Folder = scene.Folder, Seed = options.Seed }, cancellationToken));
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
    public LoopbackSshd? SshdOf(StandInNode node) => _sshds.GetValueOrDefault(node.Name);

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

        var sshd = Keep(await LoopbackSshd.StartAsync(node.Folder, node.Name, cancellationToken: cancellationToken));
        _sshds.Add(node.Name, sshd);
        return Keep<IShell>(client == SshClientKind.OpenSsh ? ByOpenSsh(sshd) : ByItself(sshd));
    }

    private static SshNetShell ByItself(LoopbackSshd sshd) => new(new SshNetShellOptions
    {
        Host = "127.0.0.1",
        Port = sshd.Port,
        User = sshd.User,
        KeyFile = sshd.ClientKeyFile,
        HostKeys = HostKeyPolicy.KnownHosts(sshd.KnownHostsFile),
    });

    private static OpenSshShell ByOpenSsh(LoopbackSshd sshd) => new(new OpenSshShellOptions
    {
        Host = "127.0.0.1",
        Port = sshd.Port,
        User = sshd.User,
        IdentityFile = sshd.ClientKeyFile,
        KnownHostsFile = sshd.KnownHostsFile,
    });

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }
}
