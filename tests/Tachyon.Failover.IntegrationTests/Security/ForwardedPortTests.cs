using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Shells.Ssh;
using Tachyon.Failover.Testing.Ssh;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Security;

/// <summary>A forwarded port is on the loopback of the machine that monitors, where any user may connect.</summary>
public sealed class ForwardedPortTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task X10_ConnectAsync_AnotherProgramConnectsToThePort_GetsNoByteAndReachesNothing()
    {
        using var rpc = new TcpListener(IPAddress.Loopback, 0);
        rpc.Start();
        await using var sshd = await LoopbackSshd.StartAsync(_folder.File("sshd"), cancellationToken: Token);
        await using var shell = new SshNetShell(SshdFixture.OptionsFor(sshd));
        await using var own = await shell.ConnectAsync("127.0.0.1", ((IPEndPoint)rpc.LocalEndpoint).Port, Token);
        using var served = await rpc.AcceptSocketAsync(Token);

        using var other = new TcpClient();
        await other.ConnectAsync(IPAddress.Loopback, own.Should().BeOfType<ForwardedStream>().Which.LocalPort, Token);
        var read = 0;
        try
        {
            await other.GetStream().WriteAsync("hello"u8.ToArray(), Token);
            read = await other.GetStream().ReadAsync(new byte[16], Token).AsTask().WaitAsync(Patience.Limit, TimeProvider.System, Token);
        }
        catch (IOException)
        {
            // Reset, which is as good as an end.
        }

        read.Should().Be(0);
        rpc.Pending().Should().BeFalse("nobody was connected with the RPC");

        await served.SendAsync("mine"u8.ToArray(), Token);
        var answer = new byte[4];
        await own.ReadExactlyAsync(answer, Token);
        answer.Should().Equal("mine"u8.ToArray(), "the stream that the port is for lives on");
    }
}
