using System.Diagnostics;
using System.Runtime.Versioning;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Nodes;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Security;

/// <summary>A stranger's process is root's until it has changed its user. Other tests would see it in that moment.</summary>
[CollectionDefinition(nameof(StrangersAlone), DisableParallelization = true)]
public sealed class StrangersAlone;

[UnsupportedOSPlatform("windows")]
[Collection(nameof(StrangersAlone))]
public sealed class LocalStrangersProcessTests() : StrangersProcessTests(new LocalShell());

[UnsupportedOSPlatform("windows")]
[Collection(nameof(StrangersAlone))]
public sealed class SshStrangersProcessTests(SshdFixture sshd) : StrangersProcessTests(new SshNetShell(sshd.Options)), IClassFixture<SshdFixture>;

/// <summary>Another account of the node starts a process with words of its choice. It must not be read, opened, believed or obeyed.</summary>
[UnsupportedOSPlatform("windows")]
public abstract class StrangersProcessTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly NodesFixture _nodes = new();
    private readonly PlayedValidator _played;
    private readonly IShell _shell;
    private readonly NodeShell _talk;
    private readonly ValidatorNodeSettings _settings;

    protected StrangersProcessTests(IShell shell)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can start a process as somebody else.");
        _shell = shell;
        _played = new PlayedValidator(_folder);
        _talk = _nodes.Talk(shell, _nodes.Source);
        _settings = _nodes.Source.Settings.With(it => it.Program = _played.Program);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>By what is in its words: a file without an end, a pipe, findings with line ends, and no ledger.</summary>
    public static TheoryData<string> Strangers => ["a file without an end", "a pipe", "forged lines", "another ledger", "no ledger"];

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task X1_InspectAsync_BesideAStranger_FindsWhatItFindsWithoutIt(string kind)
    {
        var validator = await _played.StartAsync(_nodes.Source);
        var host = new ShellValidatorHost(_talk, _settings, NodeFolders.StakedIdentity);
        var alone = await host.InspectAsync(Token);
        var stranger = await StartAsync(kind, validator);

        var beside = await host.InspectAsync(Token);

        alone.IsDone.Should().BeTrue("{0}", alone);
        beside.IsDone.Should().BeTrue("{0}", beside);
        Shown(beside.Value!).Should().Be(Shown(alone.Value!));
        beside.Value!.Processes!.Select(process => process.ProcessId).Should().Contain(validator.Id).And.NotContain(stranger.Id);
        await ShouldLeaveNothingAsync();
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task X1_StopAsync_BesideAStranger_StopsTheValidatorAndNothingElse(string kind)
    {
        var validator = await _played.StartAsync(_nodes.Source);
        var other = await _played.StartAsync(_nodes.Target);
        await StartAsync(kind, other);

        var stopped = await new ShellValidatorProcess(_talk, _settings).StopAsync(Token);

        stopped.IsDone.Should().BeTrue("{0}", stopped);
        await validator.WaitForExitAsync(Token);
        other.HasExited.Should().BeFalse("the words of a stranger stop no validator");
        await ShouldLeaveNothingAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _played.DisposeAsync();
        await _nodes.DisposeAsync();
        await _shell.DisposeAsync();
        _folder.Dispose();
    }

    private static string Shown(ValidatorInspection found) => string.Join(
        '\n',
        [.. found.Problems.Select(problem => problem.Seen), $"{found.IsLocked} {found.LockHolder} {found.StakedIdentity} {found.UnstakedIdentity}"]);

    private Task<Process> StartAsync(string kind, Process victim) => _played.StartBystanderAsync(
        kind switch
        {
            "a file without an end" => ["--identity", "x", "--authorized-voter", "/dev/zero"],
            "a pipe" => ["--identity", "x", "--authorized-voter", Pipe()],
            "forged lines" => ["--identity", $"x\nprocess {victim.Id} 1\nidentity same /x\nledger same {_nodes.Source.Ledger}\nheld \u001b]0;gotcha\u0007\nstaked 1,1,1"],
            "another ledger" => ["--identity", "/x", "-l", _nodes.Source.Ledger],
            _ => ["--identity", "x", "--authorized-voter", "y"],
        },
        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    private string Pipe()
    {
        var pipe = _folder.File("pipe");
        using var made = Process.Start("mkfifo", ["-m", "666", pipe]);
        made.WaitForExit();
        made.ExitCode.Should().Be(0);
        return pipe;
    }

    /// <summary>Nothing that a call started runs on after the conversation has ended: all of it names a file of the node.</summary>
    private async Task ShouldLeaveNothingAsync()
    {
        await _talk.DisposeAsync();
        var begun = TimeProvider.System.GetTimestamp();
        while (Left() is { Count: > 0 } left)
        {
            TimeProvider.System.GetElapsedTime(begun).Should().BeLessThan(Patience.Of(2), "this is left: {0}", string.Join('\n', left));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Token);
        }
    }

    private List<string> Left() =>
        [.. Directory.GetDirectories("/proc").Select(CommandLineOf).Where(words => words.Contains(_nodes.Source.Ledger, StringComparison.Ordinal) && !words.Contains("--identity", StringComparison.Ordinal))];

    private static string CommandLineOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            // It has ended, or is no process.
            return "";
        }
    }
}
