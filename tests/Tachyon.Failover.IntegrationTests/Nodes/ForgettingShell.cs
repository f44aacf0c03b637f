using Tachyon.Failover.Shells;

namespace Tachyon.Failover.IntegrationTests.Nodes;

/// <summary>
/// A shell on a network that can forget its connections. This side sees them end. The host never hears of it and still waits for input, as after a
/// restart of a firewall.
/// </summary>
internal sealed class ForgettingShell : IShell
{
    private readonly LocalShell _shell = new();
    private readonly List<IShellSession> _forgotten = [];
    private CancellationTokenSource _network = new();

    public string Name => "forgetting";

    /// <summary>Whether a session that was forgotten still runs on the host.</summary>
    public bool HostStillWaits => _forgotten.Exists(session => !session.Completion.IsCompleted);

    public async Task<IShellSession> StartAsync(ShellScript script, CancellationToken cancellationToken = default)
    {
        var session = await _shell.StartAsync(script, cancellationToken);
        _forgotten.Add(session);
        return new Forgettable(session, _network.Token);
    }

    public Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken = default) => _shell.ConnectAsync(host, port, cancellationToken);

    public void Forget()
    {
        _network.Cancel();
        _network = new CancellationTokenSource();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _forgotten)
        {
            await session.DisposeAsync();
        }

        await _shell.DisposeAsync();
        _network.Dispose();
    }

    private sealed class Forgettable(IShellSession inner, CancellationToken network) : IShellSession
    {
        public Stream StandardInput { get; } = new ForgettableStream(inner.StandardInput, network);

        public Stream StandardOutput { get; } = new ForgettableStream(inner.StandardOutput, network);

        public Stream StandardError => inner.StandardError;

        public Task<ShellExit> Completion => network.IsCancellationRequested ? Task.FromResult(ShellExit.Lost("forgotten")) : inner.Completion;

        public ValueTask DisposeAsync() => network.IsCancellationRequested ? ValueTask.CompletedTask : inner.DisposeAsync();
    }

    private sealed class ForgettableStream(Stream inner, CancellationToken network) : Stream
    {
        public override bool CanRead => inner.CanRead;

        public override bool CanSeek => false;

        public override bool CanWrite => inner.CanWrite;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var copy = new byte[buffer.Length];
            var reading = inner.ReadAsync(copy, CancellationToken.None).AsTask();
            await Task.WhenAny(reading, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, network));
            if (network.IsCancellationRequested)
            {
                return 0;
            }

            var read = await reading;
            copy.AsMemory(0, read).CopyTo(buffer);
            return read;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            network.IsCancellationRequested ? throw new IOException("forgotten") : inner.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => network.IsCancellationRequested ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            if (!network.IsCancellationRequested)
            {
                await inner.DisposeAsync();
            }

            await base.DisposeAsync();
        }
    }
}
