using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Network;
using Tachyon.Failover.Testing.Ssh;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks;

/// <summary>A cluster and two stand-ins in a temporary folder, each with a real sshd and, for a distance, a link. Dispose removes all of it.</summary>
internal sealed class Stage : IAsyncDisposable
{
    // Twice the default: some switchovers wait for the identity's own slots.
    private const double LeaderShare = 0.1;

    private readonly Dictionary<StandInNode, LoopbackSshd> _sshds = [];
    private readonly Dictionary<StandInNode, LinkProxy> _links = [];
    private readonly Dictionary<StandInNode, SshNetShellOptions> _logins = [];
    private StandInCluster? _cluster;

    private Stage()
    {
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("bench-").FullName;

    public StandInCluster Cluster => _cluster!;

    /// <param name="seed">The seed of the simulated cluster.</param>
    /// <param name="slot">The length of a slot.</param>
    /// <param name="roundTrip">The round-trip time to each host.</param>
    /// <param name="canBeCut">Whether there is a link to each host even without a distance.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="StandInException">The stand-ins did not start.</exception>
    /// <exception cref="LoopbackSshdException">There is no OpenSSH server.</exception>
    public static async Task<Stage> SetAsync(ulong seed, TimeSpan slot, TimeSpan roundTrip, CancellationToken cancellationToken, bool canBeCut = false)
    {
        var stage = new Stage();
        try
        {
            stage._cluster = await StandInCluster.StartAsync(
                new StandInClusterOptions { Folder = stage.Folder, Seed = seed, SlotDuration = slot, LeaderShare = LeaderShare }, cancellationToken);
            foreach (var node in stage.Cluster.Nodes)
            {
                await stage.ConnectAsync(node, roundTrip, canBeCut, cancellationToken);
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
    public IShell Reach(StandInNode node, ShellKind kind) => Reach(_logins[node], KnownHostsOf(node), kind);

    /// <summary>The way to a node of a stage that another process has set.</summary>
    public static IShell Reach(SshNetShellOptions login, string knownHosts, ShellKind kind) =>
        kind == ShellKind.Net
            ? new SshNetShell(login)
            : new OpenSshShell(new OpenSshShellOptions
            {
                Host = login.Host,
                Port = login.Port,
                User = login.User,
                IdentityFile = login.KeyFile,
                KnownHostsFile = knownHosts,
                ConfigFile = "/dev/null",
            });

    /// <summary>How a node is logged in to.</summary>
    public SshNetShellOptions LoginOf(StandInNode node) => _logins[node];

    public static string KnownHostsOf(StandInNode node) => Path.Combine(node.Folder, "stage_known_hosts");

    /// <summary>The server of a node's logins.</summary>
    public LoopbackSshd SshdOf(StandInNode node) => _sshds[node];

    /// <summary>The link between this program and a node's logins; there is one if the stage can be cut.</summary>
    public LinkProxy LinkTo(StandInNode node) => _links[node];

    /// <summary>The words that log in at a node, as a person has them in a script.</summary>
    public string[] SshWordsTo(StandInNode node)
    {
        var login = _logins[node];
        return
        [
            "ssh", "-p", $"{login.Port}", "-i", login.KeyFile!, "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
            "-o", $"UserKnownHostsFile={KnownHostsOf(node)}", "-o", "StrictHostKeyChecking=yes", $"{login.User}@{login.Host}",
        ];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links.Values)
        {
            await link.DisposeAsync();
        }

        foreach (var sshd in _sshds.Values)
        {
            await sshd.DisposeAsync();
        }

        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private async Task ConnectAsync(StandInNode node, TimeSpan roundTrip, bool canBeCut, CancellationToken cancellationToken)
    {
        var sshd = await LoopbackSshd.StartAsync(node.Folder, node.Name, cancellationToken: cancellationToken);
        _sshds.Add(node, sshd);
        var port = sshd.Port;
        if (roundTrip > TimeSpan.Zero || canBeCut)
        {
            var link = LinkProxy.Start(sshd.Port);
            _links.Add(node, link);
            link.SetRoundTrip(roundTrip);
            port = link.Port;
        }

        // The host's key is known under the port of the connection.
        var known = await File.ReadAllTextAsync(sshd.KnownHostsFile, cancellationToken);
        await File.WriteAllTextAsync(KnownHostsOf(node), known.Replace($"]:{sshd.Port} ", $"]:{port} ", StringComparison.Ordinal), cancellationToken);
        _logins.Add(node, new SshNetShellOptions
        {
            Host = "127.0.0.1",
            Port = port,
            User = sshd.User,
            KeyFile = sshd.ClientKeyFile,
            HostKeys = HostKeyPolicy.KnownHosts(KnownHostsOf(node)),
        });
    }
}
