using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Ssh;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks;

/// <summary>A cluster and two stand-ins in a temporary folder, each behind a real sshd. All of it goes when it is disposed.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly List<LoopbackSshd> _sshds = [];
    private StandInCluster? _cluster;

    private Stage()
    {
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("bench-").FullName;

    public StandInCluster Cluster => _cluster!;

    /// <exception cref="StandInException">The stand-ins did not start.</exception>
    /// <exception cref="LoopbackSshdException">There is no OpenSSH server.</exception>
    public static async Task<Stage> SetAsync(ulong seed, TimeSpan slot, CancellationToken cancellationToken)
    {
        var stage = new Stage();
        try
        {
            stage._cluster = await StandInCluster.StartAsync(
                new StandInClusterOptions { Folder = stage.Folder, Seed = seed, SlotDuration = slot }, cancellationToken);
            foreach (var node in stage.Cluster.Nodes)
            {
                stage._sshds.Add(await LoopbackSshd.StartAsync(node.Folder, node.Name, cancellationToken: cancellationToken));
            }

            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>The way to a node.</summary>
    public IShell Reach(StandInNode node, ShellKind kind)
    {
        var sshd = _sshds.Single(one => one.Name == node.Name);
        return kind == ShellKind.Net
            ? new SshNetShell(new SshNetShellOptions
            {
                Host = "127.0.0.1",
                Port = sshd.Port,
                User = sshd.User,
                KeyFile = sshd.ClientKeyFile,
                HostKeys = HostKeyPolicy.KnownHosts(sshd.KnownHostsFile),
            })
            : new OpenSshShell(new OpenSshShellOptions
            {
                Host = "127.0.0.1",
                Port = sshd.Port,
                User = sshd.User,
                IdentityFile = sshd.ClientKeyFile,
                KnownHostsFile = sshd.KnownHostsFile,
                ConfigFile = "/dev/null",
            });
    }

    public static ValidatorNodeSettings SettingsOf(StandInNode node) => new()
    {
        Name = node.Name,
        Program = node.Program,
        Ledger = node.Ledger,
        IdentityLink = node.IdentityLink,
        StakedKeypair = node.StakedKeypair,
        UnstakedKeypair = node.UnstakedKeypair,
        RpcPort = node.RpcPort,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var sshd in _sshds)
        {
            await sshd.DisposeAsync();
        }

        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }
}
