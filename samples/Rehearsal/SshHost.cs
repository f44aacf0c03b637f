using Tachyon.Failover.Testing.Network;
using Tachyon.Failover.Testing.Ssh;

namespace Tachyon.Failover.Rehearsal;

/// <summary>A node's OpenSSH server, and the link that makes it as far away as the options say.</summary>
internal sealed class SshHost : IAsyncDisposable
{
    private readonly LinkProxy _link;

    private SshHost(LoopbackSshd server, LinkProxy link, string knownHostsFile)
    {
        (Server, _link, KnownHostsFile) = (server, link, knownHostsFile);
    }

    public LoopbackSshd Server { get; }

    /// <summary>The port of the link.</summary>
    public int Port => _link.Port;

    /// <summary>Has the server's key for the link's port.</summary>
    public string KnownHostsFile { get; }

    public static async Task<SshHost> StartAsync(string folder, string name, TimeSpan roundTrip, CancellationToken cancellationToken)
    {
        var server = await LoopbackSshd.StartAsync(folder, name, cancellationToken: cancellationToken);
        var link = LinkProxy.Start(server.Port);
        link.SetRoundTrip(roundTrip);
        return new SshHost(server, link, server.WriteKnownHostsFor(link.Port));
    }

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        await Server.DisposeAsync();
    }
}
