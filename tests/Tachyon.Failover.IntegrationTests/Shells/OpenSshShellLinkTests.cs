using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Shells;

public sealed class OpenSshShellLinkTests(SshdFixture sshd) : ShellLinkTests(sshd.Sshd, link => new OpenSshShell(sshd.OpenSshOptions.With(it =>
    {
        it.Port = link.Port;
        it.KnownHostsFile = sshd.Sshd.WriteKnownHostsFor(link.Port);
        it.KeepAliveInterval = TimeSpan.FromSeconds(1);
        it.DeadPeerLimit = Limit;
        it.StartTimeout = TimeSpan.FromSeconds(3);
    })), Limit, "not responding"), IClassFixture<SshdFixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
}
