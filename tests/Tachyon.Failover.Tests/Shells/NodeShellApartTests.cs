using FluentAssertions;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.Tests.Shells;

/// <summary>A session that opens late, after its caller has left, is closed. Otherwise an overloaded host would keep one for each second.</summary>
public sealed class NodeShellApartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task C9_RunApartAsync_GivenUpBeforeTheSessionStands_ClosesItWhenItComes()
    {
        var shell = new SlowShell();
        await using var node = new NodeShell(shell, new NodeShellOptions { LockFile = "/k/x.lock" });
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = node.RunApartAsync(ShellScript.Create($"true"), TimeSpan.FromSeconds(5), caller.Token);
        await shell.Asked.Task.WaitAsync(Token);
        await caller.CancelAsync();
        (await running).Failure.Should().Be(CallFailure.Canceled);

        shell.Gate.SetResult();

        await shell.Session.Closed.Task.WaitAsync(Token);
    }

    private sealed class SlowShell : IShell
    {
        public TaskCompletionSource Asked { get; } = new();

        public TaskCompletionSource Gate { get; } = new();

        public ReadySession Session { get; } = new();

        public string Name => "slow";

        public async Task<IShellSession> StartAsync(ShellScript script, CancellationToken cancellationToken = default)
        {
            Asked.SetResult();
            await Gate.Task;
            return Session;
        }

        public Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class ReadySession : IShellSession
    {
        public TaskCompletionSource Closed { get; } = new();

        public Stream StandardInput { get; } = new MemoryStream();

        public Stream StandardOutput { get; } = new MemoryStream("ready 1.00\n"u8.ToArray());

        public Stream StandardError { get; } = new MemoryStream();

        public Task<ShellExit> Completion { get; } = Task.FromResult(ShellExit.Exited(0));

        public ValueTask DisposeAsync()
        {
            Closed.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
