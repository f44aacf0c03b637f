using System.Globalization;
using System.Text;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Shells;

[RunsContract(typeof(OpenSshShell))]
public sealed class OpenSshShellTests(SshdFixture fixture) : ShellContract, IClassFixture<SshdFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected override bool TellsSignals => false;

    protected override Func<Task> CutConnectionAsync => () => fixture.Sshd.KillSessionsAsync();

    protected override Task<IShell> CreateAsync() => Task.FromResult<IShell>(new OpenSshShell(fixture.OpenSshOptions));

    [Fact]
    public async Task Completion_StatusCameBeforeTheConnectionWasLost_IsLost()
    {
        // sshd sends the status at once, and the end of the output after the last program has closed it. ssh ends with the status, here 0.
        await using var session = await StartAsync(ShellScript.Create($"sleep 60 & echo out"));
        (await new StreamReader(session.StandardOutput).ReadLineAsync(Token)).Should().Be("out");
        await fixture.Sshd.KillSessionsAsync();
        (await CompletionOf(session)).IsLost.Should().BeTrue();
    }

    [Fact]
    public async Task Completion_LocalSshIsKilled_IsLostAndNotAStatus()
    {
        await using var session = await StartAsync(ShellScript.Create($"echo $$; exec cat"));
        await new StreamReader(session.StandardOutput).ReadLineAsync(Token);
        foreach (var ssh in LocalProcesses())
        {
            await SignalAsync("KILL", ssh);
        }

        (await CompletionOf(session)).IsLost.Should().BeTrue();
    }

    [Fact]
    public async Task Session_TerminalInterruptsItsPrograms_GoesOn()
    {
        await using var session = await StartAsync(ShellScript.Create($"echo begun; cat"));
        var lines = new StreamReader(session.StandardOutput);
        await lines.ReadLineAsync(Token);
        foreach (var signal in new[] { "INT", "QUIT", "HUP" })
        {
            foreach (var ssh in LocalProcesses())
            {
                await SignalAsync(signal, ssh);
            }
        }

        await session.StandardInput.WriteAsync("still here\n"u8.ToArray(), Token);
        (await lines.ReadLineAsync(Token).AsTask().WaitAsync(Patience.Limit, TimeProvider.System, Token)).Should().Be("still here");
    }

    [Fact]
    public async Task DisposeAsync_OfTheShell_LeavesNoProcessOfItsOwn()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync(ShellScript.Create($"echo begun; exec sleep 30"))));
        foreach (var session in sessions)
        {
            await new StreamReader(session.StandardOutput).ReadLineAsync(Token);
        }

        LocalProcesses().Should().HaveCount(4);
        await Shell.DisposeAsync();
        LocalProcesses().Should().BeEmpty();
    }

    [Fact]
    public async Task Completion_ConnectionCut_TheScriptEndsOnTheHostToo()
    {
        using var folder = new TemporaryFolder();
        await using var session = await StartAsync(ShellScript.Create($"echo begun; cat >/dev/null; echo $? >{folder.File("mark")}"));
        await new StreamReader(session.StandardOutput).ReadLineAsync(Token);
        foreach (var ssh in LocalProcesses())
        {
            await SignalAsync("KILL", ssh);
        }

        await folder.FileAppearsAsync("mark", Patience.Limit);
    }

    [Fact]
    public async Task StandardError_WrittenByteForByte_ComesAtOnceAndWithoutTheStatus()
    {
        await using var session = await StartAsync(ShellScript.Create($"printf 'a prompt: ' >&2; read -r line; printf '~tachyon-%s~' \"$line\" >&2; exit 255"));
        var prompt = new byte[10];
        await session.StandardError.ReadExactlyAsync(prompt, Token).AsTask().WaitAsync(Patience.Limit, TimeProvider.System, Token);
        await session.StandardInput.WriteAsync("x\n"u8.ToArray(), Token);
        (await ReadTextAsync(session.StandardError)).Should().Be("~tachyon-x~");
        (await CompletionOf(session)).Should().BeEquivalentTo(ShellExit.Exited(255));
    }

    [Fact]
    public async Task Script_OfTheHost_SpeaksTheLanguageOfThePrograms()
    {
        await using var session = await StartAsync(ShellScript.Create($"cat /nowhere/no-such-file"));
        (await ReadTextAsync(session.StandardError)).Should().Contain("No such file or directory");
    }

    // Only the ssh of this class's server: the port is in its command line.
    private IReadOnlyList<int> LocalProcesses()
    {
        var port = fixture.Sshd.Port.ToString(CultureInfo.InvariantCulture);
        return
        [
            .. Directory.EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id > 0 && WordsOf(id) is [var program, ..] words && Path.GetFileName(program) == "ssh" && words.SkipWhile(word => word != "-p").Skip(1).FirstOrDefault() == port),
        ];
    }

    private static string[] WordsOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline", Encoding.UTF8).Split('\0');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static async Task SignalAsync(string signal, int process)
    {
        await using var here = new LocalShell();
        await using var session = await here.StartAsync(ShellScript.Create($"kill -s {signal} {process}"), Token);
        await session.Completion;
    }
}
