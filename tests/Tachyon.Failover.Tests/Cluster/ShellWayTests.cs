using System.Text;
using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.Tests.Cluster;

/// <summary>The wait for a connecting shell is not the wait for an answer. On a busy machine a login takes seconds, and a call that was not sent has not failed.</summary>
public sealed class ShellWayTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly GatedShell _shell = new();
    private readonly HttpClusterRpc _rpc;

    public ShellWayTests() => _rpc = HttpClusterRpc.OverShell(
        _shell, 8899, new HttpClusterRpcOptions { CallTimeLimit = TimeSpan.FromSeconds(5), ConnectTimeLimit = TimeSpan.FromSeconds(20) }, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task M1_Call_ShellTakesLongerToConnectThanACallMay_IsAnswered()
    {
        var call = _rpc.GetVersionAsync(Token);
        await _shell.Asked.Task.WaitAsync(Token);

        _time.Advance(TimeSpan.FromSeconds(19));
        _shell.Gate.SetResult(new AnsweringStream("""{"jsonrpc":"2.0","id":1,"result":{"solana-core":"2.2.15"}}"""));

        (await call).Should().Be("2.2.15");
        _shell.Connections.Should().Be(1);
    }

    [Fact]
    public async Task Call_ShellDoesNotConnect_IsTimedOutAfterTheLimitOfConnecting()
    {
        var call = _rpc.GetVersionAsync(Token);
        await _shell.Asked.Task.WaitAsync(Token);

        _time.Advance(TimeSpan.FromSeconds(20));

        var failed = (await call.Awaiting(awaited => awaited).Should().ThrowAsync<ClusterRpcException>()).Which;
        failed.Failure.Should().Be(ClusterRpcFailure.TimedOut);
        failed.Message.Should().Contain("not sent, the shell had no connection to the RPC within 20 s");
        var late = new AnsweringStream("");
        _shell.Gate.SetResult(late);
        await late.Closed.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task Call_ItsCallerGivesUp_TheConnectionStandsForTheNext()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var first = _rpc.GetVersionAsync(caller.Token);
        await _shell.Asked.Task.WaitAsync(Token);
        await caller.CancelAsync();
        await first.Awaiting(awaited => awaited).Should().ThrowAsync<OperationCanceledException>();

        var second = _rpc.GetVersionAsync(Token);
        _shell.Gate.SetResult(new AnsweringStream("""{"jsonrpc":"2.0","id":2,"result":{"solana-core":"2.2.15"}}"""));

        (await second).Should().Be("2.2.15");
        _shell.Connections.Should().Be(1);
    }

    public void Dispose() => _rpc.Dispose();

    private sealed class GatedShell : IShell
    {
        public TaskCompletionSource Asked { get; } = new();

        public TaskCompletionSource<Stream> Gate { get; } = new();

        public int Connections { get; private set; }

        public string Name => "gated";

        public Task<IShellSession> StartAsync(ShellScript script, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken = default)
        {
            Connections++;
            Asked.TrySetResult();
            return Gate.Task;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>Takes a request and returns an answer.</summary>
    private sealed class AnsweringStream(string answer) : MemoryStream(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {answer.Length}\r\n\r\n{answer}"))
    {
        public TaskCompletionSource Closed { get; } = new();

        public override void Write(byte[] buffer, int offset, int count)
        {
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        protected override void Dispose(bool disposing)
        {
            Closed.TrySetResult();
            base.Dispose(disposing);
        }
    }
}
