using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Nodes;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Security;

[UnsupportedOSPlatform("windows")]
public sealed class LocalNamesOfOthersTests() : NamesOfOthersTests(new LocalShell());

[UnsupportedOSPlatform("windows")]
public sealed class SshNamesOfOthersTests(SshdFixture sshd) : NamesOfOthersTests(new SshNetShell(sshd.Options)), IClassFixture<SshdFixture>;

/// <summary>
/// The login is root, and the folder belongs to another user, who puts a link, a pipe or a folder at each name that is written. Root must write to nothing outside of the folder, and give nothing away.
/// </summary>
[UnsupportedOSPlatform("windows")]
public abstract class NamesOfOthersTests : IAsyncDisposable
{
    private const string Secret = "a file of root's";
    private readonly TemporaryFolder _folder = new();
    private readonly NodesFixture _nodes = new();
    private readonly IShell _shell;
    private readonly NodeShell _talk;
    private readonly string _secret;

    protected NamesOfOthersTests(IShell shell)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "The finding is about root.");
        _shell = shell;
        _talk = _nodes.Talk(shell, _nodes.Target);
        _secret = _folder.File("secret");
        File.WriteAllText(_secret, Secret);
        File.SetUnixFileMode(_secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Run("chown", "65534", _nodes.Target.Ledger);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ShellTowerTransport Transport => new(_nodes.Talk(_shell, _nodes.Source), _nodes.Source.Settings, _talk, _nodes.Target.Settings, NodeFolders.StakedIdentity);

    public static TheoryData<string, string> Places
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var kind in (string[])["symbolic link", "hard link", "pipe", "folder"])
            {
                all.AddRange([(kind, "{0}"), (kind, ".{0}.tmp"), (kind, ".{0}.0000000000000000.tmp"), (kind, "{0}.aside-1"), (kind, "{0}.new")]);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task X2_DeliverAsync_SomethingElseAtAName_WritesOnlyARegularTowerThere(string kind, string name)
    {
        Put(kind, NameOf(name));

        (await Transport.DeliverAsync(SampleTowers.Three[0], trial: true, Token)).IsDone.Should().BeTrue();
        var delivered = await Transport.DeliverAsync(SampleTowers.Three[1], trial: false, Token);

        ShouldBeUntouched();
        delivered.IsDone.Should().BeTrue("{0}", delivered);
        new FileInfo(_nodes.Target.Tower).LinkTarget.Should().BeNull();
        _nodes.Target.Saved.Should().Equal(SampleTowers.Three[1].Bytes.ToArray());
    }

    [Theory]
    [InlineData("symbolic link")]
    [InlineData("hard link")]
    [InlineData("pipe")]
    [InlineData("folder")]
    public async Task X2_StoreAsync_SomethingElseAtTheNameOfTheCopy_WritesARegularCopyOrNothing(string kind)
    {
        var copy = $"{_nodes.Target.Tower}.shadow";
        Put(kind, copy);

        var stored = await new ShellTowerCopyStore(_talk, _nodes.Target.Settings, NodeFolders.StakedIdentity).StoreAsync(SampleTowers.Three[1], Token);

        ShouldBeUntouched();
        stored.IsDone.Should().Be(kind != "folder", "{0}", stored);
        if (stored.IsDone)
        {
            new FileInfo(copy).LinkTarget.Should().BeNull();
            File.ReadAllBytes(copy).Should().Equal(SampleTowers.Three[1].Bytes.ToArray());
        }
    }

    [Theory]
    [InlineData("symbolic link")]
    [InlineData("hard link")]
    [InlineData("pipe")]
    [InlineData("folder")]
    public async Task X2_AcquireAsync_SomethingElseAtTheNameOfTheLock_IsRefusedWithTheName(string kind)
    {
        var file = Path.Combine(_nodes.Target.Ledger, "tachyon-failover.lock");
        Put(kind, file);

        var taken = await new ShellNodeLock(_talk).AcquireAsync("run 1", Token);

        ShouldBeUntouched();
        taken.Outcome.Should().Be(CallOutcome.NotDone);
        taken.Detail.Should().Contain(file);
    }

    [Theory]
    [InlineData("symbolic link")]
    [InlineData("hard link")]
    [InlineData("pipe")]
    [InlineData("folder")]
    public async Task X2_BeatAsync_SomethingElseAtTheTemporaryName_WritesNothingElsewhere(string kind)
    {
        Put(kind, Path.Combine(_nodes.Target.Ledger, "tachyon-failover.guard.new"));

        var beat = await new ShellGuardHeartbeat(_talk, _nodes.Target.Settings).BeatAsync(Token);

        ShouldBeUntouched();
        beat.IsDone.Should().Be(kind != "folder", "{0}", beat);
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("folder")]
    [InlineData("ten gigabytes")]
    public async Task X7_ReadAsync_NoTowerAtItsName_IsNotDoneAndTheNodeIsNotKeptBusy(string kind)
    {
        Put(kind, _nodes.Target.Tower);

        var read = await Transport.ReadAsync(NodeSide.Target, TimeSpan.Zero, Token);
        var copy = await new ShellTowerCopyStore(_talk, _nodes.Target.Settings, NodeFolders.StakedIdentity).ReadAsync(Token);

        read.Call.Outcome.Should().Be(CallOutcome.NotDone);
        read.Call.Failure.Should().NotBe(CallFailure.TimedOut);
        copy.Call.Failure.Should().Be(CallFailure.TowerMissing, "the conversation still answers");
    }

    [Fact]
    public async Task X2_InspectAsync_RootOnSomebodyElsesLedger_SaysWhomToNameInRunAs()
    {
        var found = await new ShellValidatorHost(_talk, _nodes.Target.Settings, NodeFolders.StakedIdentity).InspectAsync(Token);

        found.Value!.Problems.Select(problem => $"{problem.Seen}; {problem.Remedy}").Should()
            .Contain($"the login is root, and the ledger {_nodes.Target.Ledger} belongs to nobody; name nobody in RunAs");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _nodes.DisposeAsync();
        await _shell.DisposeAsync();
        _folder.Dispose();
    }

    private string NameOf(string pattern) =>
        Path.Combine(_nodes.Target.Ledger, string.Format(CultureInfo.InvariantCulture, pattern, new TowerFileName(NodeFolders.StakedIdentity)));

    private void Put(string kind, string name)
    {
        switch (kind)
        {
            case "symbolic link":
                File.CreateSymbolicLink(name, _secret);
                break;
            case "hard link":
                Run("ln", _secret, name);
                break;
            case "pipe":
                Run("mkfifo", name);
                break;
            case "folder":
                Directory.CreateDirectory(name);
                break;
            default:
                Run("truncate", "-s", "10G", name);
                break;
        }
    }

    private void ShouldBeUntouched()
    {
        File.ReadAllText(_secret).Should().Be(Secret);
        File.GetUnixFileMode(_secret).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Run("test", "-O", _secret);
    }

    private static void Run(string program, params string[] words)
    {
        using var process = Process.Start(program, words);
        process.WaitForExit();
        process.ExitCode.Should().Be(0, "{0} {1}", program, string.Join(' ', words));
    }
}
