using FluentAssertions;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Shells.Ssh;
using Xunit;

namespace Tachyon.Failover.Tests.Shells;

public sealed class ScriptInputTests : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly SlowChannel _channel = new();
    private readonly ScriptInput _input;
    private ShellExit _exit = ShellExit.Lost("the host is gone");

    public ScriptInputTests() => _input = new ScriptInput(_channel, () => _exit, _ended.Token);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _channel.Taken.Set();
        _ended.Dispose();
    }

    [Fact]
    public async Task WriteAsync_GivenUp_LaterWritesStillComeAfterIt()
    {
        using var giveUp = new CancellationTokenSource();
        var buffer = new byte[] { 1, 2, 3 };
        var first = _input.WriteAsync(buffer, giveUp.Token).AsTask();
        await giveUp.CancelAsync();
        Func<Task> wait = () => first;
        await wait.Should().ThrowAsync<OperationCanceledException>();
        buffer.AsSpan().Clear();
        var second = _input.WriteAsync(new byte[] { 4 }, Token).AsTask();
        _channel.Taken.Set();
        await second;
        _channel.Written.Should().Equal(1, 2, 3, 4);
    }

    [Fact]
    public async Task WriteAsync_SessionEndsWhileTheHostTakesNothing_ThrowsIOExceptionWithTheReason()
    {
        var write = _input.WriteAsync(new byte[] { 1 }, Token).AsTask();
        await _ended.CancelAsync();
        Func<Task> wait = () => write;
        (await wait.Should().ThrowAsync<IOException>()).WithMessage("*the host is gone*");
        Func<Task> again = () => _input.WriteAsync(new byte[] { 1 }, Token).AsTask();
        await again.Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task M1_WriteAsync_ScriptReadsItAndEndsBeforeTheWriteReturns_IsWritten()
    {
        var write = _input.WriteAsync(new byte[] { 1 }, Token).AsTask();
        _exit = ShellExit.Exited(0);
        await _ended.CancelAsync();
        await write;
        Func<Task> again = () => _input.WriteAsync(new byte[] { 1 }, Token).AsTask();
        (await again.Should().ThrowAsync<IOException>("the script has ended")).WithMessage("*exit status 0*");
    }

    [Fact]
    public async Task DisposeAsync_AfterWrites_ClosesTheChannelBehindThem()
    {
        var write = _input.WriteAsync(new byte[] { 1 }, Token).AsTask();
        var close = _input.DisposeAsync().AsTask();
        _channel.IsClosed.Should().BeFalse();
        _channel.Taken.Set();
        await write;
        await close;
        _channel.IsClosed.Should().BeTrue();
        _input.CanWrite.Should().BeFalse();
        Func<Task> again = () => _input.WriteAsync(new byte[] { 1 }, Token).AsTask();
        await again.Should().ThrowAsync<ObjectDisposedException>();
    }

    private sealed class SlowChannel : MemoryStream
    {
        public ManualResetEventSlim Taken { get; } = new();

        public List<byte> Written { get; } = [];

        public bool IsClosed { get; private set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Taken.Wait(Token);
            Written.AddRange(buffer.AsSpan(offset, count));
        }

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
