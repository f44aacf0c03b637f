using System.Net;
using System.Net.Sockets;
using System.Text;
using FluentAssertions;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="IShell"/>. Derive one class for each implementation.</summary>
public abstract class ShellContract : IAsyncLifetime
{
    private IShell? _shell;

    protected IShell Shell => _shell!;

    /// <summary>Whether the implementation distinguishes an end by a signal from an exit status.</summary>
    protected virtual bool TellsSignals => true;

    /// <summary>Breaks the connection of the shell under test, so that later connections work; null if there is no connection.</summary>
    protected virtual Func<Task>? CutConnectionAsync => null;

    /// <summary>Creates the shell under test, on this machine.</summary>
    protected abstract Task<IShell> CreateAsync();

    public virtual async ValueTask InitializeAsync() => _shell = await CreateAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_shell is not null)
        {
            await _shell.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(255)]
    public async Task Completion_ScriptExits_HasItsStatus(int status)
    {
        await using var session = await StartAsync(ShellScript.Create($"exit {status}"));
        (await CompletionOf(session)).Should().BeEquivalentTo(ShellExit.Exited(status));
    }

    [Fact]
    public async Task Completion_ScriptIsKilled_NamesTheSignal()
    {
        await using var session = await StartAsync(ShellScript.Create($"kill -9 $$"));
        (await CompletionOf(session)).Should().BeEquivalentTo(TellsSignals ? ShellExit.Signaled("KILL") : ShellExit.Exited(137));
    }

    [Fact]
    public async Task Completion_ProgramDoesNotExist_IsStatus127WithWords()
    {
        await using var session = await StartAsync(ShellScript.Create($"/nowhere/no-such-program"));
        (await ReadTextAsync(session.StandardError)).Should().Contain("no-such-program");
        (await CompletionOf(session)).Should().BeEquivalentTo(ShellExit.Exited(127));
    }

    [Fact]
    public async Task Completion_ScriptDoesNotParse_IsAStatusWithWords()
    {
        await using var session = await StartAsync(ShellScript.Create($"if then"));
        (await ReadTextAsync(session.StandardError)).Should().NotBeEmpty();
        (await CompletionOf(session)).Status.Should().BePositive();
    }

    [Fact]
    public async Task StandardStreams_AllByteValues_ComeBackUnchanged()
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        await using var session = await StartAsync(ShellScript.Create($"cat"));
        await session.StandardInput.WriteAsync(bytes);
        await session.StandardInput.DisposeAsync();
        (await ReadAsync(session.StandardOutput)).Should().Equal(bytes);
        (await CompletionOf(session)).Should().BeEquivalentTo(ShellExit.Exited(0));
    }

    [Fact]
    public async Task StandardStreams_AMebibyte_ComesBackUnchanged()
    {
        var bytes = new byte[1 << 20];
        new Random(20261123).NextBytes(bytes);
        await using var session = await StartAsync(ShellScript.Create($"cat"));
        var reading = ReadAsync(session.StandardOutput);
        await session.StandardInput.WriteAsync(bytes).AsTask().WaitAsync(Patience.Limit, TimeProvider.System);
        await session.StandardInput.DisposeAsync();
        (await reading).AsSpan().SequenceEqual(bytes).Should().BeTrue();
        (await CompletionOf(session)).Should().BeEquivalentTo(ShellExit.Exited(0));
    }

    [Fact]
    public async Task StandardInput_ClosedWithoutAWrite_IsTheEndOfFile()
    {
        await using var session = await StartAsync(ShellScript.Create($"cat; echo end"));
        await session.StandardInput.DisposeAsync();
        (await ReadTextAsync(session.StandardOutput)).Should().Be("end\n");
        (await CompletionOf(session)).Should().BeEquivalentTo(ShellExit.Exited(0));
    }

    [Fact]
    public async Task StandardInput_Flushed_ReachesTheScriptBeforeItIsClosed()
    {
        await using var session = await StartAsync(ShellScript.Create($"while read -r line; do echo \"<$line>\"; done"));
        var lines = new StreamReader(session.StandardOutput);
        foreach (var line in new[] { "one", "two", "three" })
        {
            await session.StandardInput.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
            await session.StandardInput.FlushAsync();
            (await lines.ReadLineAsync().WaitAsync(Patience.Limit, TimeProvider.System)).Should().Be($"<{line}>");
        }
    }

    [Fact]
    public async Task StandardInput_WrittenAfterTheScriptEnded_ThrowsIOException()
    {
        await using var session = await StartAsync(ShellScript.Create($"exit 3"));
        await CompletionOf(session);
        Func<Task> write = async () =>
        {
            await session.StandardInput.WriteAsync(new byte[10]);
            await session.StandardInput.FlushAsync();
        };
        await write.Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task StandardError_IsApartFromStandardOutput()
    {
        await using var session = await StartAsync(ShellScript.Create($"echo out; echo error >&2; echo out again"));
        var error = ReadTextAsync(session.StandardError);
        (await ReadTextAsync(session.StandardOutput)).Should().Be("out\nout again\n");
        (await error).Should().Be("error\n");
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("'; exit 9; '")]
    [InlineData("$HOME ${PATH} $(id) `id`")]
    [InlineData("two\nlines\n\nand a last one")]
    [InlineData("tab\tand back\\slash \\0101 \\n %s %b")]
    [InlineData("\"double\" !event !! # not a comment")]
    [InlineData("Grüße 🚀 \u00a0 日本")]
    [InlineData("*")]
    [InlineData(" -n leading and trailing blanks  ")]
    [InlineData("\u0001\u007f\r")]
    [InlineData("")]
    public async Task StartAsync_AwkwardWord_ArrivesLiterally(string word)
    {
        await using var session = await StartAsync(ShellScript.Create($"printf '%s|' {word} {(string[])["x", word]}"));
        (await ReadTextAsync(session.StandardOutput)).Should().Be($"{word}|x|{word}|");
        (await CompletionOf(session)).Should().BeEquivalentTo(ShellExit.Exited(0));
    }

    [Fact]
    public async Task StartAsync_ScriptOfSeveralLines_RunsAsOne()
    {
        var script = ShellScript.Create($"# don't\ncat <<END\nhere $((1 + 1))\nEND\nprintf '%s\\n' \"back\\\\slash\"\n");
        await using var session = await StartAsync(script);
        (await ReadTextAsync(session.StandardOutput)).Should().Be("here 2\nback\\slash\n");
    }

    [Fact]
    public async Task StartAsync_ManySideBySide_EachHasItsOwnStreams()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => StartAsync(ShellScript.Create($"read -r line; echo {number}:$line"))));
        await Task.WhenAll(sessions.Select((session, number) => session.StandardInput.WriteAsync(Encoding.UTF8.GetBytes($"line {number}\n")).AsTask()));
        var outputs = await Task.WhenAll(sessions.Select(session => ReadTextAsync(session.StandardOutput)));
        outputs.Should().Equal(Enumerable.Range(0, 8).Select(number => $"{number}:line {number}\n"));
        foreach (var session in sessions)
        {
            await session.DisposeAsync();
        }
    }

    /// <summary>The host may report the end of a script before this side knows that the script was sent.</summary>
    [Fact]
    public async Task StartAsync_ScriptsThatEndAtOnce_TellTheirStatus()
    {
        for (var round = 0; round < 3; round++)
        {
            var exits = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
            {
                await using var session = await StartAsync(ShellScript.Create($"exit {number}"));
                return await CompletionOf(session);
            }));

            exits.Select(static exit => exit.Status).Should().Equal(Enumerable.Range(0, 8).Cast<int?>());
        }
    }

    [Fact]
    public async Task StartAsync_Cancelled_Throws()
    {
        Func<Task> start = () => Shell.StartAsync(ShellScript.Create($"true"), new CancellationToken(canceled: true));
        await start.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task DisposeAsync_OfASession_GivesTheScriptTheEndOfFile()
    {
        using var folder = new TemporaryFolder();
        var mark = folder.File("mark");
        var session = await StartAsync(ShellScript.Create($"trap '' PIPE HUP; echo started; cat >/dev/null; echo end >{mark}.new; mv {mark}.new {mark}"));
        (await new StreamReader(session.StandardOutput).ReadLineAsync().WaitAsync(Patience.Limit, TimeProvider.System)).Should().Be("started");
        await session.DisposeAsync();
        await folder.FileAppearsAsync("mark", Patience.Limit);
    }

    [Fact]
    public async Task DisposeAsync_OfASession_DoesNotWaitForTheScript()
    {
        await using var session = await StartAsync(ShellScript.Create($"exec sleep {(long)Patience.Of(20).TotalSeconds}"));
        await session.DisposeAsync().AsTask().WaitAsync(Patience.Of(10), TimeProvider.System);
        await session.DisposeAsync().AsTask().WaitAsync(Patience.Of(10), TimeProvider.System);
    }

    [Fact]
    public async Task DisposeAsync_OfTheShell_GivesItsScriptsTheEndOfFile()
    {
        using var folder = new TemporaryFolder();
        var mark = folder.File("mark");
        var session = await StartAsync(ShellScript.Create($"trap '' PIPE HUP; echo started; cat >/dev/null; echo end >{mark}"));
        (await new StreamReader(session.StandardOutput).ReadLineAsync().WaitAsync(Patience.Limit, TimeProvider.System)).Should().Be("started");
        await Shell.DisposeAsync().AsTask().WaitAsync(Patience.Limit, TimeProvider.System);
        await folder.FileAppearsAsync("mark", Patience.Limit);
    }

    [Fact]
    public async Task StartAsync_AfterDisposal_Throws()
    {
        await Shell.DisposeAsync();
        await Shell.DisposeAsync();
        Func<Task> start = () => Shell.StartAsync(ShellScript.Create($"true"));
        await start.Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task ConnectAsync_ToAListener_CarriesBytesBothWays()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var echo = EchoOnceAsync(listener);
        await using var stream = await Shell.ConnectAsync("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port).WaitAsync(Patience.Limit, TimeProvider.System);
        var bytes = new byte[300_000];
        new Random(7).NextBytes(bytes);
        var writing = stream.WriteAsync(bytes).AsTask();
        var back = new byte[bytes.Length];
        await stream.ReadExactlyAsync(back).AsTask().WaitAsync(Patience.Limit, TimeProvider.System);
        await writing;
        back.AsSpan().SequenceEqual(bytes).Should().BeTrue();
        await stream.DisposeAsync();
        await echo.WaitAsync(Patience.Limit, TimeProvider.System);
    }

    [Fact]
    public async Task ConnectAsync_NobodyListens_ThrowsShellException()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        Func<Task> connect = () => Shell.ConnectAsync("127.0.0.1", port).WaitAsync(Patience.Limit, TimeProvider.System);
        var thrown = await connect.Should().ThrowAsync<ShellException>();
        thrown.Which.Failure.Should().Be(ShellFailure.Unreachable);
        thrown.Which.Message.Should().Contain($"127.0.0.1:{port}");
    }

    [Fact]
    public async Task Completion_ConnectionCut_IsLostAndWhatCameCanBeRead()
    {
        var cut = CutConnectionAsync;
        Assert.SkipWhen(cut is null, "This shell has no connection that could be lost.");
        await using var session = await StartAsync(ShellScript.Create($"echo before; cat"));
        var line = new byte[7];
        await session.StandardOutput.ReadExactlyAsync(line).AsTask().WaitAsync(Patience.Limit, TimeProvider.System);
        await cut!();
        (await CompletionOf(session)).IsLost.Should().BeTrue();
        (await ReadAsync(session.StandardOutput)).Should().BeEmpty();
        Func<Task> write = () => session.StandardInput.WriteAsync(new byte[1]).AsTask();
        await write.Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task StartAsync_AfterTheConnectionWasLost_ConnectsAnew()
    {
        var cut = CutConnectionAsync;
        Assert.SkipWhen(cut is null, "This shell has no connection that could be lost.");
        await using var lost = await StartAsync(ShellScript.Create($"cat"));
        await cut!();

        // At once: the loss of the connection may not have been noticed yet.
        await using var session = await StartAsync(ShellScript.Create($"echo again"));
        (await ReadTextAsync(session.StandardOutput)).Should().Be("again\n");
        (await CompletionOf(lost)).IsLost.Should().BeTrue();
    }

    protected Task<IShellSession> StartAsync(ShellScript script) => Shell.StartAsync(script).WaitAsync(Patience.Limit, TimeProvider.System);

    protected static Task<ShellExit> CompletionOf(IShellSession session) => session.Completion.WaitAsync(Patience.Limit, TimeProvider.System);

    protected static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes).WaitAsync(Patience.Limit, TimeProvider.System);
        return bytes.ToArray();
    }

    protected static async Task<string> ReadTextAsync(Stream stream) => Encoding.UTF8.GetString(await ReadAsync(stream));

    private static async Task EchoOnceAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        try
        {
            await stream.CopyToAsync(stream);
        }
        catch (IOException)
        {
            // The other end was closed with a reset.
        }
    }
}
