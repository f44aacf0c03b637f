using System.Net;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Network;
using Tachyon.Failover.Testing.Ssh;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>A cluster with two stand-in validators, a real sshd before each, and a link of some length before that.</summary>
internal sealed class GapScene : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _parts = [];
    private readonly Dictionary<StandInNode, (SshNetShellOptions Ssh, IShell Shell)> _ways = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("gap-").FullName;

    private int _journals;

    private GapScene()
    {
    }

    public StandInCluster Cluster { get; private set; } = null!;

    public static async Task<GapScene> SetAsync(TimeSpan roundTrip, ulong seed, CancellationToken cancellationToken)
    {
        var scene = new GapScene();
        try
        {
            scene.Cluster = await StandInCluster.StartAsync(new StandInClusterOptions { Folder = scene._folder, Seed = seed }, cancellationToken);
            scene._parts.Add(scene.Cluster);
            foreach (var node in (StandInNode[])[scene.Cluster.A, scene.Cluster.B])
            {
                await scene.ReachAsync(node, roundTrip, cancellationToken);
            }

            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
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

    /// <summary>A journal in a file: what it costs belongs to the gap.</summary>
    public string NewJournalPath() => Path.Combine(_folder, $"journal-{++_journals}.jsonl");

    public IShell ShellTo(StandInNode node) => _ways[node].Shell;

    /// <summary>The words that log in at a node, as a person has them in a script.</summary>
    public string[] SshWordsTo(StandInNode node)
    {
        var ssh = _ways[node].Ssh;
        return
        [
            "ssh", "-p", $"{ssh.Port}", "-i", ssh.KeyFile!, "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
            "-o", $"UserKnownHostsFile={KnownHostsOf(node)}", "-o", "StrictHostKeyChecking=yes", $"{ssh.User}@{ssh.Host}",
        ];
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            await _parts[i].DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task ReachAsync(StandInNode node, TimeSpan roundTrip, CancellationToken cancellationToken)
    {
        var sshd = await LoopbackSshd.StartAsync(node.Folder, node.Name, cancellationToken: cancellationToken);
        _parts.Add(sshd);
        var link = LinkProxy.Start(sshd.Port);
        _parts.Add(link);
        link.SetRoundTrip(roundTrip);

        // The host's key is known under the link's port as well.
        var known = await File.ReadAllTextAsync(sshd.KnownHostsFile, cancellationToken);
        await File.WriteAllTextAsync(KnownHostsOf(node), known.Replace($"]:{sshd.Port} ", $"]:{link.Port} ", StringComparison.Ordinal), cancellationToken);
        var ssh = new SshNetShellOptions
        {
            Host = IPAddress.Loopback.ToString(),
            Port = link.Port,
            User = sshd.User,
            KeyFile = sshd.ClientKeyFile,
            HostKeys = HostKeyPolicy.KnownHosts(KnownHostsOf(node)),
        };
        var shell = new SshNetShell(ssh);
        _parts.Add(shell);
        _ways.Add(node, (ssh, shell));
    }

    private static string KnownHostsOf(StandInNode node) => Path.Combine(node.Folder, "link_known_hosts");
}
