using System.Text;
using FluentAssertions;
using Moq;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.Tests.Cluster;

public sealed class HttpClusterRpcOverShellTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetSlot_ShellReachesThePort_TheAnswer()
    {
        var shell = new PortShell((_, _) => Task.FromResult<Stream>(new CannedStream("""{"jsonrpc":"2.0","result":4787,"id":1}""")));
        using var rpc = HttpClusterRpc.OverShell(shell, 8899);

        (await rpc.GetSlotAsync(Commitment.Processed, Cancellation)).Should().Be(4787);
        shell.Asked.Should().Equal("127.0.0.1:8899");
    }

    [Fact]
    public async Task GetSlot_ShellCannotConnect_UnreachableWithItsWords()
    {
        var shell = new PortShell((_, _) => Task.FromException<Stream>(new ShellException(ShellFailure.HostKeyRefused, "sol@a.example:22", "sol@a.example:22 has another host key.")));
        using var rpc = HttpClusterRpc.OverShell(shell, 8899);

        var thrown = (await FluentActions.Awaiting(() => rpc.GetSlotAsync(Commitment.Processed, Cancellation)).Should().ThrowAsync<ClusterRpcException>()).Which;

        thrown.Failure.Should().Be(ClusterRpcFailure.Unreachable);
        thrown.Message.Should().Contain("http://127.0.0.1:8899 on sol@a.example:22").And.Contain("has another host key");
        thrown.InnerException.Should().BeOfType<ShellException>();
    }

    [Fact]
    public async Task GetSlot_StreamEndsBeforeTheAnswer_OnceMoreOnANewOne()
    {
        var streams = new Queue<Stream>([new CannedStream(""), new CannedStream("""{"jsonrpc":"2.0","result":4787,"id":1}""")]);
        var shell = new PortShell((_, _) => Task.FromResult(streams.Dequeue()));
        using var rpc = HttpClusterRpc.OverShell(shell, 8899);

        (await rpc.GetSlotAsync(Commitment.Processed, Cancellation)).Should().Be(4787);
    }

    [Fact]
    public async Task GetSlot_StreamsKeepEnding_UnreachableAndTheNextCallConnectsAnew()
    {
        var streams = new Queue<Stream>([new CannedStream(""), new CannedStream(""), new CannedStream("""{"jsonrpc":"2.0","result":4787,"id":2}""")]);
        var shell = new PortShell((_, _) => Task.FromResult(streams.Dequeue()));
        using var rpc = HttpClusterRpc.OverShell(shell, 8899);

        (await FluentActions.Awaiting(() => rpc.GetSlotAsync(Commitment.Processed, Cancellation)).Should().ThrowAsync<ClusterRpcException>())
            .Which.Failure.Should().Be(ClusterRpcFailure.Unreachable);
        (await rpc.GetSlotAsync(Commitment.Processed, Cancellation)).Should().Be(4787);
    }

    [Fact]
    public void Dispose_Twice_ShellIsLeftAlone()
    {
        var shell = new Mock<IShell>();
        shell.Setup(mock => mock.Name).Returns("sol@a.example:22");
        var rpc = HttpClusterRpc.OverShell(shell.Object, 8899);

        rpc.Dispose();
        rpc.Dispose();

        shell.Verify(mock => mock.DisposeAsync(), Times.Never);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65536)]
    public void OverShell_NoPort_Refused(int port) =>
        FluentActions.Invoking(() => HttpClusterRpc.OverShell(new Mock<IShell>().Object, port)).Should().Throw<ArgumentOutOfRangeException>();

    private sealed class PortShell(Func<string, CancellationToken, Task<Stream>> connect) : IShell
    {
        public string Name => "sol@a.example:22";

        public List<string> Asked { get; } = [];

        public Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken = default)
        {
            Asked.Add($"{host}:{port}");
            return connect(host, cancellationToken);
        }

        public Task<IShellSession> StartAsync(ShellScript script, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>A connection whose other end answers the first request, and closes.</summary>
    private sealed class CannedStream(string body) : Stream
    {
        private readonly MemoryStream _answer = new(Encoding.ASCII.GetBytes(body.Length == 0 ? "" : $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _asked.Task.WaitAsync(cancellationToken);
            return await _answer.ReadAsync(buffer, cancellationToken);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _asked.TrySetResult();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _asked.TrySetResult();
            return ValueTask.CompletedTask;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
