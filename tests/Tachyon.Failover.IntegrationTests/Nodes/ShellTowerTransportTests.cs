using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
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
        _nodes.Talk(shell, _nodes.Source), _nodes.Source.Settings, _nodes.Talk(shell, _nodes.Target), _nodes.Target.Settings, NodeFolders.StakedIdentity);

    protected override IReadOnlyList<TowerFile> Towers => SampleTowers.Three;

    protected override void Save(NodeSide node, TowerFile tower) => _nodes.On(node).Save(tower);

    protected override byte[]? Saved(NodeSide node) => _nodes.On(node).Saved;

    protected override IReadOnlyList<byte[]> Others(NodeSide node) => _nodes.On(node).Others;

    [Fact]
    public async Task DeliverAsync_TowerMovedAsideBefore_HasItsMode()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Nodes are Linux.");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Save(NodeSide.Target, Towers[0]);
        SetMode(_nodes.Target.Tower, mode);
        await Transport.SetAsideAsync(NodeSide.Target, TestContext.Current.CancellationToken);

        (await Transport.DeliverAsync(Towers[1], trial: false, TestContext.Current.CancellationToken)).IsDone.Should().BeTrue();

        ModeOf(_nodes.Target.Tower).Should().Be(mode);
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
