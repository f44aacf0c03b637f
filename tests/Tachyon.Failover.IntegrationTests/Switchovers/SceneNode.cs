using Tachyon.Failover.Contracts;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Network;
using Tachyon.Failover.Testing.Ssh;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>A stand-in with a shim, a real sshd and a link in front of it.</summary>
internal sealed class SceneNode : IAsyncDisposable
{
    private SceneNode(StandInNode node, HostShim shim, LoopbackSshd sshd, LinkProxy link, string knownHostsFile, SshNetShellOptions login, OpenSshShell openSsh)
    {
        Node = node;
        Shim = shim;
        Sshd = sshd;
        Link = link;
        KnownHostsFile = knownHostsFile;
        Login = login;
        Shell = new SshNetShell(login);
        OpenSsh = openSsh;
        Settings = node.Settings.With(it => it.Program = shim.Program);
    }

    public StandInNode Node { get; }

    public HostShim Shim { get; }

    public LoopbackSshd Sshd { get; }

    public LinkProxy Link { get; }

    /// <summary>Has the server's key for the link's port.</summary>
    public string KnownHostsFile { get; }

    /// <summary>How the shell logs in, for others who do.</summary>
    public SshNetShellOptions Login { get; }

    public SshNetShell Shell { get; }

    /// <summary>The same node, by the machine's own <c>ssh</c>.</summary>
    public OpenSshShell OpenSsh { get; }

    public ValidatorNodeSettings Settings { get; }

    public static async Task<SceneNode> StartAsync(StandInNode node)
    {
        var shim = new HostShim(node);
        var sshd = await LoopbackSshd.StartAsync(node.Folder, node.Name, new LoopbackSshdOptions { Environment = shim.Environment });
        var link = LinkProxy.Start(sshd.Port);
        var knownHosts = sshd.WriteKnownHostsFor(link.Port);
        var login = new SshNetShellOptions
        {
            Host = "127.0.0.1",
            Port = link.Port,
            User = sshd.User,
            KeyFile = sshd.ClientKeyFile,
            HostKeys = HostKeyPolicy.KnownHosts(knownHosts),
            KeepAliveInterval = TimeSpan.FromMilliseconds(500),
            DeadPeerLimit = TimeSpan.FromSeconds(3),
        };
        var openSsh = new OpenSshShell(new OpenSshShellOptions
        {
            Host = "127.0.0.1",
            Port = link.Port,
            User = sshd.User,
            IdentityFile = sshd.ClientKeyFile,
            KnownHostsFile = knownHosts,
            ConfigFile = "/dev/null",
        });
        return new SceneNode(node, shim, sshd, link, knownHosts, login, openSsh);
    }

    public bool LinkIs(IdentityRole identity) =>
        new FileInfo(Node.IdentityLink).LinkTarget == (identity == IdentityRole.Staked ? Node.StakedKeypair : Node.UnstakedKeypair);

    /// <summary>The identity that the validator runs, by its own RPC.</summary>
    public async Task<Pubkey> IdentityAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var rpc = new HttpClusterRpc(http, Node.RpcUri, Patience.Calls);
        return await rpc.GetIdentityAsync(cancellationToken);
    }

    /// <summary>Whether another coordinator could take the node's lock now, or will when what was killed has ended.</summary>
    public async Task<bool> IsFreeAsync(CancellationToken cancellationToken)
    {
        await using var shell = new LocalShell();
        await using var session = await shell.StartAsync(ShellScript.Create($"flock -w 10 {Settings.Ledger}/tachyon-failover.lock true"), cancellationToken);
        return (await session.Completion.WaitAsync(cancellationToken)).Status == 0;
    }

    /// <summary>Runs a command on the node as a person would, and tells its exit code.</summary>
    public async Task<int?> RunAsync(string command, CancellationToken cancellationToken)
    {
        await using var shell = new LocalShell();
        await using var session = await shell.StartAsync(ShellScript.Create($"export SHIM_PROGRAM={Node.Program} SHIM_FAULTS={Settings.Ledger}/none; eval {command}"), cancellationToken);
        return (await session.Completion.WaitAsync(cancellationToken)).Status;
    }

    public async ValueTask DisposeAsync()
    {
        await Shell.DisposeAsync();
        await OpenSsh.DisposeAsync();
        await Link.DisposeAsync();
        await Sshd.DisposeAsync();
    }
}
