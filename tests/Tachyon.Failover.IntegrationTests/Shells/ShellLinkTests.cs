using System.Text;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Network;
using Tachyon.Failover.Testing.Ssh;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Shells;

/// <summary>What the shell makes of a link that breaks, stalls or is slow.</summary>
public abstract class ShellLinkTests : IAsyncLifetime
{
    private readonly LinkProxy _link;
    private readonly IShell _shell;
    private readonly TimeSpan _deadPeerLimit;
    private readonly string _silence;

    /// <summary>Begins with a whole link.</summary>
    /// <param name="sshd">The server at the end of the link.</param>
    /// <param name="through">Creates the shell. Its connect timeout is 3 s.</param>
    /// <param name="deadPeerLimit">Its limit for a silent host.</param>
    /// <param name="silence">Its message for a silent host.</param>
    protected ShellLinkTests(LoopbackSshd sshd, Func<LinkProxy, IShell> through, TimeSpan deadPeerLimit, string silence)
    {
        _link = LinkProxy.Start(sshd.Port);
        _shell = through(_link);
        _deadPeerLimit = deadPeerLimit;
        _silence = silence;
    }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected LinkProxy Link => _link;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _shell.DisposeAsync();
        await _link.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Completion_LinkCut_IsLostWithTheReason()
    {
        await using var session = await StartAsync(ShellScript.Create($"cat"));
        _link.Cut();
        var exit = await CompletionOf(session);
        exit.IsLost.Should().BeTrue();
        exit.LostReason.Should().NotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task StandardOutput_LinkCutInTheMiddleOfIt_HoldsWhatCameAndEnds()
    {
        await using var session = await StartAsync(ShellScript.Create($"read -r line; seq 0 100000; read -r line"));
        _link.ToClient.CutAfter(50_000);
        await session.StandardInput.WriteAsync("go\n"u8.ToArray(), Token);
        var output = await ReadTextAsync(session.StandardOutput);
        (await CompletionOf(session)).IsLost.Should().BeTrue();

        // Encryption and packets take some of the bytes. The decrypted bytes are complete, from the first to the last.
        output.Length.Should().BeInRange(20_000, 50_000);
        var lines = output.Split('\n');
        lines[..^1].Should().Equal(Enumerable.Range(0, lines.Length - 1).Select(number => $"{number}"));
    }

    [Fact]
    public async Task Completion_LinkStalls_IsLostWithinTheLimit()
    {
        await using var session = await StartAsync(ShellScript.Create($"echo before; cat"));
        var before = new byte[7];
        await session.StandardOutput.ReadExactlyAsync(before, Token).AsTask().WaitAsync(Patience.Limit, TimeProvider.System, Token);
        var stalledAt = TimeProvider.System.GetTimestamp();
        _link.Stall();
        (await CompletionOf(session)).LostReason.Should().Contain(_silence);
        TimeProvider.System.GetElapsedTime(stalledAt).Should().BeGreaterThan(_deadPeerLimit / 2, "a moment of silence is no loss");
        (await ReadTextAsync(session.StandardOutput)).Should().BeEmpty();
    }

    [Fact]
    public async Task Write_LinkStallsAndTheBuffersAreFull_EndsWithIOException()
    {
        await using var session = await StartAsync(ShellScript.Create($"cat >/dev/null"));
        _link.Stall();
        Func<Task> write = async () =>
        {
            var bytes = new byte[1 << 20];
            while (true)
            {
                await session.StandardInput.WriteAsync(bytes, Token).AsTask().WaitAsync(Patience.Limit, TimeProvider.System, Token);
            }
        };
        await write.Should().ThrowAsync<IOException>();
        (await CompletionOf(session)).IsLost.Should().BeTrue();

        // A sender that hangs in a socket must not block the next connection.
        _link.Heal();
        await using var next = await StartAsync(ShellScript.Create($"echo again"));
        (await ReadTextAsync(next.StandardOutput)).Should().Be("again\n");
    }

    [Fact]
    public async Task Completion_AnswersAreSwallowed_IsLostAlthoughTheScriptRan()
    {
        using var folder = new TemporaryFolder();
        var mark = folder.File("mark");
        await using var session = await StartAsync(ShellScript.Create($"read -r line; echo \"$line\" >{mark}; echo done"));
        _link.ToClient.Swallow();
        await session.StandardInput.WriteAsync("go\n"u8.ToArray(), Token);
        await folder.FileAppearsAsync("mark", Patience.Limit);
        (await CompletionOf(session)).IsLost.Should().BeTrue();
        (await ReadTextAsync(session.StandardOutput)).Should().BeEmpty();
    }

    [Fact]
    public async Task StartAsync_LinkStallsWhileItStarts_EndsWithinTheLimit()
    {
        await using var first = await StartAsync(ShellScript.Create($"cat"));
        _link.Stall();
        Func<Task> start = () => StartAsync(ShellScript.Create($"true"));
        (await start.Should().ThrowAsync<ShellException>()).Which.Failure.Should().Be(ShellFailure.Unreachable);
    }

    [Fact]
    public async Task StartAsync_FirstCallerGivesUpWhileConnecting_OthersGetTheirSession()
    {
        using var giveUp = new CancellationTokenSource();
        _link.Stall();
        var first = _shell.StartAsync(ShellScript.Create($"cat"), giveUp.Token);
        var second = StartAsync(ShellScript.Create($"exit 8"));
        await giveUp.CancelAsync();
        Func<Task> wait = () => first;
        await wait.Should().ThrowAsync<OperationCanceledException>();
        _link.Heal();
        await using var session = await second;
        (await CompletionOf(session)).Should().BeEquivalentTo(ShellExit.Exited(8));
    }

    [Fact]
    public async Task StartAsync_NewConnectionsRefused_IsUnreachableAndLaterWorks()
    {
        _link.RefuseNew = true;
        Func<Task> start = () => StartAsync(ShellScript.Create($"true"));
        var thrown = await start.Should().ThrowAsync<ShellException>();
        thrown.Which.Failure.Should().Be(ShellFailure.Unreachable);
        thrown.Which.Message.Should().Contain(_shell.Name).And.Contain("Remedy");
        _link.RefuseNew = false;
        await using var session = await StartAsync(ShellScript.Create($"exit 4"));
        (await CompletionOf(session)).Should().BeEquivalentTo(ShellExit.Exited(4));
    }

    [Fact]
    public async Task Session_SlowLink_WorksAndOneWayIsHalfARoundTrip()
    {
        _link.SetRoundTrip(TimeSpan.FromMilliseconds(100));
        await using var session = await StartAsync(ShellScript.Create($"while read -r line; do echo \"$line\"; done"));
        var lines = new StreamReader(session.StandardOutput);
        var best = TimeSpan.MaxValue;
        for (var number = 0; number < 5; number++)
        {
            var sentAt = TimeProvider.System.GetTimestamp();
            await session.StandardInput.WriteAsync(Encoding.ASCII.GetBytes($"{number}\n"), Token);
            await session.StandardInput.FlushAsync(Token);
            (await lines.ReadLineAsync(Token).AsTask().WaitAsync(Patience.Limit, TimeProvider.System, Token)).Should().Be($"{number}");
            var took = TimeProvider.System.GetElapsedTime(sentAt);
            best = took < best ? took : best;
        }

        best.TotalMilliseconds.Should().BeInRange(100, 199, "a line and its answer take one round trip, not two");
    }

    [Fact]
    public async Task Connection_IdleButAlive_OutlivesTheLimit()
    {
        await using var session = await StartAsync(ShellScript.Create($"sleep 3; echo still here"));
        (await ReadTextAsync(session.StandardOutput)).Should().Be("still here\n");
        (await CompletionOf(session)).Should().BeEquivalentTo(ShellExit.Exited(0));
    }

    protected Task<IShellSession> StartAsync(ShellScript script) => _shell.StartAsync(script).WaitAsync(Patience.Limit, TimeProvider.System, Token);

    private static Task<ShellExit> CompletionOf(IShellSession session) => session.Completion.WaitAsync(Patience.Limit, TimeProvider.System, Token);

    private static async Task<string> ReadTextAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
