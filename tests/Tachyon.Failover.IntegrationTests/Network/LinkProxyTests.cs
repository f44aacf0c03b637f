using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Testing.Network;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Network;

public sealed class LinkProxyTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly LinkProxy _link;

    public LinkProxyTests()
    {
        _listener.Start();
        _link = LinkProxy.Start(((IPEndPoint)_listener.LocalEndpoint).Port, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        _listener.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Link_WithoutFaults_PassesAllBytesBothWays()
    {
        var (client, host) = await ConnectAsync();
        using (client)
        using (host)
        {
            var bytes = new byte[3_000_000];
            new Random(1).NextBytes(bytes);
            foreach (var (from, to) in new[] { (client, host), (host, client) })
            {
                var sending = SendAsync(from, bytes);
                (await ReceiveAsync(to, bytes.Length)).AsSpan().SequenceEqual(bytes).Should().BeTrue();
                await sending;
            }
        }
    }

    [Fact]
    public async Task Link_OneEndCloses_TheOtherSeesTheEndAndCanStillSend()
    {
        var (client, host) = await ConnectAsync();
        using (client)
        using (host)
        {
            client.Shutdown(SocketShutdown.Send);
            (await ReceiveAsync(host, 1)).Should().BeEmpty();
            await SendAsync(host, [1, 2, 3]);
            (await ReceiveAsync(client, 3)).Should().Equal(1, 2, 3);
        }
    }

    [Fact]
    public async Task Latency_EachWayItsOwn_DelaysAndKeepsTheOrder()
    {
        var (client, host) = await ConnectAsync();
        using (client)
        using (host)
        {
            _link.ToTarget.Latency = TimeSpan.FromMilliseconds(80);
            await SendAsync(client, [1]);
            await SendAsync(client, [2]);
            (await ArrivalAsync(ReceiveAsync(host, 2), notWithin: TimeSpan.FromMilliseconds(79), answersFrom: host, to: client)).Should().Equal(1, 2);
        }
    }

    [Fact]
    public async Task BytesPerSecond_SetForOneWay_TakesItsTime()
    {
        var (client, host) = await ConnectAsync();
        using (client)
        using (host)
        {
            _link.ToTarget.BytesPerSecond = 1_000_000;
            var sending = SendAsync(client, new byte[300_000]);
            (await ArrivalAsync(ReceiveAsync(host, 300_000), notWithin: TimeSpan.FromMilliseconds(299), answersFrom: host, to: client))
                .Should().HaveCount(300_000);
            await sending;
        }
    }

    [Fact]
    public async Task Cut_OpenConnection_ResetsBothEndsAndLaterOnesWork()
    {
        var (client, host) = await ConnectAsync();
        using (client)
        using (host)
        {
            _link.Cut();
            foreach (var end in new[] { client, host })
            {
                Func<Task> receive = () => ReceiveAsync(end, 1);
                (await receive.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
            }
        }

        var (again, there) = await ConnectAsync();
        using (again)
        using (there)
        {
            await SendAsync(again, [7]);
            (await ReceiveAsync(there, 1)).Should().Equal(7);
        }
    }

    [Fact]
    public async Task CutAfter_LongerAnswer_PassesExactlyThatMany()
    {
        var (client, host) = await ConnectAsync();
        using (client)
        using (host)
        {
            _link.ToClient.CutAfter(1000);
            await SendAsync(client, new byte[5000]);
            (await ReceiveAsync(host, 5000)).Should().HaveCount(5000);
            await SendAsync(host, new byte[600]);
            (await ReceiveAsync(client, 600)).Should().HaveCount(600);
            await SendAsync(host, new byte[600]);
            (await ReceiveAsync(client, 600)).Should().HaveCount(400);
        }
    }

    [Fact]
    public async Task Swallow_Answers_OnlyAnswersAreGone()
    {
        var (client, host) = await ConnectAsync();
        using (client)
        using (host)
        {
            _link.ToClient.Swallow();
            await SendAsync(host, [1]);
            await SendAsync(client, [2]);
            (await ReceiveAsync(host, 1)).Should().Equal(2);

            // A connection that has lost a byte must not continue with a hole in it.
            host.Shutdown(SocketShutdown.Send);
            (await ReceiveAsync(client, 1)).Should().BeEmpty();
            _link.Heal();
        }
    }

    [Fact]
    public async Task CutAfter_OnTheWayToTheTarget_PassesExactlyThatMany()
    {
        var (client, host) = await ConnectAsync();
        using (client)
        using (host)
        {
            _link.ToTarget.CutAfter(3);
            await SendAsync(host, [7, 7, 7, 7]);
            (await ReceiveAsync(client, 4)).Should().HaveCount(4);
            await SendAsync(client, [1, 2, 3, 4]);
            (await ReceiveAsync(host, 4)).Should().Equal(1, 2, 3);
        }
    }

    [Fact]
    public async Task CutRate_Certain_ResetsTheConnectionThatSendsAndNoOther()
    {
        var (client, host) = await ConnectAsync();
        var (other, there) = await ConnectAsync();
        using (client)
        using (host)
        using (other)
        using (there)
        {
            _link.ToTarget.CutRate = 1;
            await SendAsync(client, [1]);
            foreach (var end in new[] { client, host })
            {
                Func<Task> receive = () => ReceiveAsync(end, 1);
                (await receive.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
            }

            await SendAsync(there, [2]);
            (await ReceiveAsync(other, 1)).Should().Equal(2);
        }
    }

    [Fact]
    public async Task StallFor_OneWay_HoldsUpThatWayForThatLong()
    {
        var (client, host) = await ConnectAsync();
        using (client)
        using (host)
        {
            _link.ToTarget.StallFor(TimeSpan.FromMilliseconds(300));
            await SendAsync(client, [1, 2]);
            (await ArrivalAsync(ReceiveAsync(host, 2), notWithin: TimeSpan.FromMilliseconds(299), answersFrom: host, to: client)).Should().Equal(1, 2);
        }
    }

    [Fact]
    public async Task StallRate_Certain_DelaysEveryPiece()
    {
        var (client, host) = await ConnectAsync();
        using (client)
        using (host)
        {
            _link.ToTarget.StallRate = 1;
            await SendAsync(client, [1]);
            (await ArrivalAsync(ReceiveAsync(host, 1), notWithin: TimeSpan.FromMilliseconds(199), answersFrom: host, to: client)).Should().Equal(1);
        }
    }

    [Fact]
    public async Task Stall_ThenHeal_GoesOnWhereItStopped()
    {
        var (client, host) = await ConnectAsync();
        using (client)
        using (host)
        {
            _link.Stall();
            await SendAsync(client, [1, 2]);
            await SendAsync(host, [3]);
            var (toHost, toClient) = (ReceiveAsync(host, 3), ReceiveAsync(client, 1));
            (await ConnectAsync(expectHost: false)).Client.Dispose();
            toHost.IsCompleted.Should().BeFalse();
            toClient.IsCompleted.Should().BeFalse();
            _link.Heal();
            await SendAsync(client, [4]);
            (await toHost).Should().Equal(1, 2, 4);
            (await toClient).Should().Equal(3);
        }
    }

    [Fact]
    public async Task RefuseNew_Set_ResetsNewConnectionsOnly()
    {
        var (client, host) = await ConnectAsync();
        using (client)
        using (host)
        {
            _link.RefuseNew = true;
            await ConnectIsResetAsync();
            await SendAsync(client, [1]);
            (await ReceiveAsync(host, 1)).Should().Equal(1);
            _link.ConnectionCount.Should().Be(1);
        }
    }

    [Fact]
    public async Task Target_DoesNotListen_ResetsTheClient()
    {
        _listener.Stop();
        await ConnectIsResetAsync();
    }

    private async Task<(Socket Client, Socket Host)> ConnectAsync(bool expectHost = true)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, _link.Port, Token);
        return (client, expectHost ? await _listener.AcceptSocketAsync(Token).AsTask().WaitAsync(Patience.Limit, TimeProvider.System, Token) : null!);
    }

    // While it connects, or when it reads: the reset may arrive before the client notices the connection.
    private async Task ConnectIsResetAsync()
    {
        Func<Task> connect = async () =>
        {
            using var client = (await ConnectAsync(expectHost: false)).Client;
            await ReceiveAsync(client, 1);
        };
        (await connect.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
    }

    /// <summary>
    /// Lets the link's time pass until the bytes have arrived, which must not be before that time. It uses real sockets, but no clock that a busy
    /// machine could beat: the traffic of the other direction shows that bytes had the chance to arrive.
    /// </summary>
    private async Task<byte[]> ArrivalAsync(Task<byte[]> receiving, TimeSpan notWithin, Socket answersFrom, Socket to)
    {
        foreach (var passing in new[] { TimeSpan.Zero, notWithin })
        {
            _time.Advance(passing);
            await SendAsync(answersFrom, [7]);
            (await ReceiveAsync(to, 1)).Should().Equal(7);
            receiving.IsCompleted.Should().BeFalse();
        }

        while (!receiving.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        return await receiving;
    }

    private static async Task SendAsync(Socket socket, byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await socket.SendAsync(bytes.AsMemory(sent), SocketFlags.None, Token);
        }
    }

    // So many bytes, or fewer at the end.
    private static async Task<byte[]> ReceiveAsync(Socket socket, int count)
    {
        var bytes = new byte[count];
        var length = 0;
        while (length < count)
        {
            var received = await socket.ReceiveAsync(bytes.AsMemory(length), SocketFlags.None, Token).AsTask().WaitAsync(Patience.Limit, TimeProvider.System, Token);
            if (received == 0)
            {
                break;
            }

            length += received;
        }

        return bytes[..length];
    }
}
