using FluentAssertions;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Shells;

public sealed class SshNetShellLinkTests(SshdFixture sshd) : ShellLinkTests(sshd.Sshd, link => new SshNetShell(sshd.Options.With(it =>
    {
        it.Port = link.Port;
        it.HostKeys = HostKeyPolicy.Fingerprint(sshd.Fingerprint);
        it.KeepAliveInterval = TimeSpan.FromMilliseconds(100);
        it.DeadPeerLimit = Limit;
        it.ConnectTimeout = TimeSpan.FromSeconds(3);
    })), Limit, "no heartbeat"), IClassFixture<SshdFixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(1500);

    [Fact]
    public async Task StartAsync_ManyAtOnceBeforeTheFirstConnection_ShareOne()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => StartAsync(ShellScript.Create($"cat"))));
        sessions.Should().HaveCount(6);
        Link.ConnectionCount.Should().Be(1);
    }
}
