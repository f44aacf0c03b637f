using System.Diagnostics;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

/// <summary>A node keeps its lock rules in special cases: after a restart of the machine, with another login, with a coordinator that was stopped in the middle.</summary>
public sealed class LeasedOpeningTests : IAsyncDisposable
{
    private const string Nobody = "nobody";

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private readonly TemporaryFolder _folder = new();
    private readonly string _ledger;
    private readonly LocalShell _shell = new();

    public LeasedOpeningTests()
    {
        _ledger = Directory.CreateDirectory(_folder.File("ledger")).FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string LockFile => Path.Combine(_ledger, "tachyon-failover.lock");

    /// <summary>Ctrl-Z: its end of the connection stands, and nothing comes.</summary>
    [Fact]
    public async Task H4_HolderWasStopped_ItsSessionEndsByItself()
    {
        await using var stopped = await _shell.StartAsync(LeasedOpening.Create(LockFile, Lease, "stopped", TimeSpan.Zero, isTakenAgain: false), Token);
        using var said = new StreamReader(stopped.StandardOutput);
        (await said.ReadLineAsync(Token)).Should().StartWith("ready");
        await using var other = Node();
        (await other.LockAsync("other", Token)).Failure.Should().Be(CallFailure.LockHeld);

        await stopped.Completion.WaitAsync(Patience.Limit, TimeProvider.System, Token);

        (await other.LockAsync("other", Token)).IsDone.Should().BeTrue();
        (await said.ReadToEndAsync(Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task X3_HeldByAProcessThatWroteNoName_TheLastHolderIsNotNamed()
    {
        await using var last = Node();
        (await last.LockAsync("the last holder", Token)).IsDone.Should().BeTrue();
        await last.UnlockAsync("the last holder", Token);
        await using var unnamed = await _shell.StartAsync(ShellScript.Create($"exec 7<{LockFile}; flock 7; echo held; read -r end"), Token);
        using var said = new StreamReader(unnamed.StandardOutput);
        (await said.ReadLineAsync(Token)).Should().Be("held");
        await using var other = Node();

        var refusal = await other.LockAsync("other", Token);

        refusal.Failure.Should().Be(CallFailure.LockHeld);
        refusal.Detail.Should().StartWith("a process that wrote no name").And.NotContain("kill");
    }

    [Fact]
    public async Task X3_HeldByALivingProcessThatWroteNoName_NamesItAndItsUser()
    {
        await using (var last = Node())
        {
            (await last.LockAsync("the last holder", Token)).IsDone.Should().BeTrue();
            await last.UnlockAsync("the last holder", Token);
        }

        await using var unnamed = await _shell.StartAsync(ShellScript.Create($"exec perl -e 'use Fcntl qw(:flock); $| = 1; open(F, q(+<), $ARGV[0]); flock(F, LOCK_EX); print qq($$\n); <STDIN>' {LockFile}"), Token);
        using var said = new StreamReader(unnamed.StandardOutput);
        var process = await said.ReadLineAsync(Token);
        await using var other = Node();

        (await other.LockAsync("other", Token)).Detail.Should().StartWith($"process {process} of user {Environment.UserName}, which wrote no name");
    }

    /// <summary>The coordinator was killed while its script hangs. Its input ends, and its answer has no reader.</summary>
    [Fact]
    public async Task H4_InputEndsWhileAScriptHangs_TheScriptIsEndedAfterTheLease()
    {
        var session = await _shell.StartAsync(LeasedOpening.Create(LockFile, Lease, "killed", TimeSpan.Zero, isTakenAgain: false), Token);
        using var said = new StreamReader(session.StandardOutput);
        (await said.ReadLineAsync(Token)).Should().StartWith("ready");
        var hangs = LeasedOpening.PassOn(ShellScript.Create($"( touch {_folder.File("hangs")}; sleep 600 )"));
        await using (var input = new StreamWriter(session.StandardInput))
        {
            await input.WriteAsync(hangs.Text + "\n");
        }

        await _folder.FileAppearsAsync("hangs", Patience.Limit);

        (await RunAsync(ShellScript.Create($"flock -w 30 {LockFile} true"))).Should().Be(0);
        await session.DisposeAsync();
    }

    [Fact]
    public async Task H4_ConversationEndsInGoodOrder_NothingIsLeftRunning()
    {
        // The rest of such a long lease would last for minutes.
        await using (var node = new NodeShell(_shell, new NodeShellOptions { LockFile = LockFile, Lease = TimeSpan.FromMinutes(10) }))
        {
            (await node.LockAsync("me", Token)).IsDone.Should().BeTrue();
            (await node.RunAsync(ShellScript.Create($"true"), Patience.Limit, Token)).Succeeded.Should().BeTrue();
        }

        await Patience.UntilAsync(() => !IsLeft(), Token);
        bool IsLeft() => Directory.GetDirectories("/proc").Any(process => CommandLineOf(process).Contains(LockFile, StringComparison.Ordinal));
    }

    /// <summary>The file outlives the machine's end. After it, another process may have the number in the file.</summary>
    [Theory]
    [InlineData("me, run 1")]
    [InlineData("somebody else, run 9")]
    public async Task H4_FileOfBeforeARestartOfTheMachine_KeepsNobodyOutAndEndsNobody(string holder)
    {
        using var bystander = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec sleep 600"]))!;
        try
        {
            await File.WriteAllTextAsync(LockFile, $"{holder}\n{bystander.Id}\n2026-01-01T00:00:00Z\n", Token);
            await using var node = Node();

            (await node.LockAsync("me, run 1", Token)).IsDone.Should().BeTrue();

            // The conversation is lost, and the same holder opens it again. The file is from before the machine's restart.
            // Written by sh: .NET would lock the file itself.
            (await RunAsync(ShellScript.Create($"kill -s KILL -- -$(sed -n 2p {LockFile}); flock {LockFile} true; printf '%s\\n' 'me, run 1' {bystander.Id} >{LockFile}"))).Should().Be(0);
            await node.RunAsync(ShellScript.Create($"true"), Patience.Limit, Token);
            (await node.RunAsync(ShellScript.Create($"echo back"), Patience.Limit, Token)).Output.Should().Be("back");
            bystander.HasExited.Should().BeFalse();
        }
        finally
        {
            bystander.Kill();
        }
    }

    [Theory]
    [InlineData("022")]
    [InlineData("077")]
    public async Task F2_RootHadTheLock_TheLedgersOwnerTakesIt(string mask)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Two users take root.");
        (await RunAsync(ShellScript.Create($"chown {Nobody} {_ledger}"))).Should().Be(0);

        // A login with that umask.
        await using (var session = await _shell.StartAsync(ShellScript.Create($"umask {mask}; {LeasedOpening.Create(LockFile, Lease, "root", TimeSpan.Zero, isTakenAgain: false)}"), Token))
        {
            using var said = new StreamReader(session.StandardOutput);
            (await said.ReadLineAsync(Token)).Should().StartWith("ready");
            await session.StandardInput.DisposeAsync();
            await session.Completion.WaitAsync(Patience.Limit, TimeProvider.System, Token);
        }

        await using var nobodys = new UserShell(_shell, Nobody);
        await using var node = Node(nobodys);
        var taken = await node.LockAsync("the validator's user", Token);

        taken.Should().Be(CallResult.Done());
        (await node.RunAsync(ShellScript.Create($"id -un"), Patience.Limit, Token)).Output.Should().Be(Nobody);
    }

    [Fact]
    public async Task F2_LedgerOfAGroup_EveryMemberMayUseTheLockAndNobodyElseMayReadIt()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Two users take root.");
        (await RunAsync(ShellScript.Create($"chown root:daemon {_ledger}; chmod 775 {_ledger}"))).Should().Be(0);
        await using var node = Node();

        (await node.LockAsync("root", Token)).IsDone.Should().BeTrue();

        (await node.RunAsync(ShellScript.Create($"stat -c '%a %U %G' {LockFile}"), Patience.Limit, Token)).Output.Should().Be("660 root daemon");
    }

    [Fact]
    public async Task F2_LockFileIsALinkToAFileOfRoots_IsRefusedAndTheFileIsLeftAlone()
    {
        var precious = _folder.File("precious");
        await File.WriteAllTextAsync(precious, "root's", Token);
        File.CreateSymbolicLink(LockFile, precious);
        await using var node = Node();

        (await node.LockAsync("me", Token)).Should().Match<CallResult>(call => call.Outcome == CallOutcome.NotDone && call.Detail!.Contains("is a symbolic link"));

        (await File.ReadAllTextAsync(precious, Token)).Should().Be("root's");
    }

    public async ValueTask DisposeAsync()
    {
        await _shell.DisposeAsync();
        _folder.Dispose();
    }

    private static string CommandLineOf(string process)
    {
        try
        {
            return File.ReadAllText($"{process}/cmdline");
        }
        catch (IOException)
        {
            // The process has just ended.
            return "";
        }
    }

    private NodeShell Node(IShell? shell = null) => new(shell ?? _shell, new NodeShellOptions { LockFile = LockFile, Lease = Lease });

    private async Task<int?> RunAsync(ShellScript script)
    {
        await using var session = await _shell.StartAsync(script, Token);
        return (await session.Completion.WaitAsync(Token)).Status;
    }
}
