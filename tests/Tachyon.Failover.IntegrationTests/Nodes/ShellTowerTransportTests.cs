using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

public sealed class LocalTowerTransportTests() : ShellTowerTransportTests(new LocalShell());

public sealed class SshTowerTransportTests(SshdFixture sshd) : ShellTowerTransportTests(new SshNetShell(sshd.Options)), IClassFixture<SshdFixture>;

[RunsContract(typeof(ShellTowerTransport))]
public abstract class ShellTowerTransportTests(IShell shell) : TowerTransportContract, IAsyncDisposable
{
    private readonly NodesFixture _nodes = new();
    private ShellTowerTransport? _transport;

    protected override ITowerTransport Transport => _transport ??= new ShellTowerTransport(
        _nodes.Talk(shell, _nodes.Source), Patient(_nodes.Source), _nodes.Talk(shell, _nodes.Target), Patient(_nodes.Target), NodeFolders.StakedIdentity);

    // Two hundred rounds of a wait take far longer than the limit of a command on a busy machine.
    private static ValidatorNodeSettings Patient(NodeFolders node) => node.Settings.With(static it => it.TimeLimits = new ValidatorTimeLimits { Command = TimeSpan.FromSeconds(60) });

    protected override IReadOnlyList<TowerFile> Towers => SampleTowers.Three;

    protected override void Save(NodeSide node, TowerFile tower) => _nodes.On(node).Save(tower);

    protected override Action? BeginSaving(NodeSide node, TowerFile tower) => _nodes.On(node).BeginSaving(tower);

    protected override byte[]? Saved(NodeSide node) => _nodes.On(node).Saved;

    protected override IReadOnlyList<byte[]> Others(NodeSide node) => _nodes.On(node).Others;

    [Fact]
    public async Task DeliverAsync_TowerMovedAsideBefore_HasItsMode()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Nodes are Linux.");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Save(NodeSide.Target, Towers[0]);
        SetMode(_nodes.Target.Tower, mode);
        await Transport.MoveAsideAsync(NodeSide.Target, TestContext.Current.CancellationToken);

        (await Transport.DeliverAsync(Towers[1], trial: false, TestContext.Current.CancellationToken)).IsDone.Should().BeTrue();

        ModeOf(_nodes.Target.Tower).Should().Be(mode);
    }

    /// <summary>After a clock that was set back, or where the folder is another machine's: the end of the wait is by the wall clock an hour away.</summary>
    [Fact]
    public async Task H12_2_AwaitVoteAsync_TowerDatedAnHourAhead_EndsAfterTheSilence()
    {
        Save(NodeSide.Source, Towers[0]);
        File.SetLastWriteTimeUtc(_nodes.Source.Tower, TimeProvider.System.GetUtcNow().AddHours(1).UtcDateTime);

        var awaited = await Transport.AwaitVoteAsync(TimeSpan.FromMilliseconds(300), sinceLastWait: false, TestContext.Current.CancellationToken);

        awaited.Should().Be(CallResult.Done());
    }

    /// <summary>What a delivery leaves that is killed in its middle; the next one comes with another login.</summary>
    [Fact]
    public async Task F2_DeliverAsync_RootLeftItsTemporaryFile_TheLedgersOwnerDelivers()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Two users take root.");
        var temporary = Path.Combine(_nodes.Target.Ledger, $".{Path.GetFileName(_nodes.Target.Tower)}.tmp");
        await File.WriteAllTextAsync(temporary, "half a to", TestContext.Current.CancellationToken);
        SetMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var session = await shell.StartAsync(ShellScript.Create($"chmod 711 {Path.GetDirectoryName(_nodes.Target.Ledger)!} && chown nobody {_nodes.Target.Ledger}"), TestContext.Current.CancellationToken);
        (await session.Completion).Status.Should().Be(0);
        await using var nobodys = new UserShell(shell, "nobody");
        await using var talk = new NodeShell(nobodys, new NodeShellOptions { LockFile = Path.Combine(_nodes.Target.Ledger, "tachyon-failover.lock") });
        var transport = new ShellTowerTransport(talk, Patient(_nodes.Source), talk, Patient(_nodes.Target), NodeFolders.StakedIdentity);

        (await transport.DeliverAsync(Towers[1], trial: false, TestContext.Current.CancellationToken)).Should().Be(CallResult.Done());

        Saved(NodeSide.Target).Should().Equal(Towers[1].Bytes.ToArray());
        Others(NodeSide.Target).Should().BeEmpty();
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _nodes.DisposeAsync();
        await shell.DisposeAsync();
    }
}
