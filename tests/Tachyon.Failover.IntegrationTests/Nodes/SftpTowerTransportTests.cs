using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

[RunsContract(typeof(SftpTowerTransport))]
public sealed class SftpTowerTransportTests : TowerTransportContract, IAsyncDisposable, IClassFixture<SshdFixture>
{
    private readonly NodesFixture _nodes = new();
    private readonly SshNetShell _shell;
    private readonly SftpTowerTransport _transport;

    public SftpTowerTransportTests(SshdFixture sshd)
    {
        _shell = new SshNetShell(sshd.Options);
        _transport = new SftpTowerTransport(_shell, _nodes.Source.Settings, _shell, _nodes.Target.Settings, NodeFolders.StakedIdentity);
    }

    protected override ITowerTransport Transport => _transport;

    protected override IReadOnlyList<TowerFile> Towers => SampleTowers.Three;

    [Fact]
    public void New_AnotherUser_IsRefused()
    {
        var settings = _nodes.Source.Settings with { RunAs = "sol" };

        var make = () => new SftpTowerTransport(_shell, settings, _shell, settings, NodeFolders.StakedIdentity);

        make.Should().Throw<InvalidSettingsException>().WithMessage("RunAs is 'sol'*");
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        await _nodes.DisposeAsync();
        await _shell.DisposeAsync();
    }

    protected override async Task<ITowerTransport?> DisposedTwiceAsync()
    {
        await _transport.DisposeAsync();
        await _transport.DisposeAsync();
        return _transport;
    }

    protected override void Save(NodeSide node, TowerFile tower) => _nodes.On(node).Save(tower);

    protected override Action? BeginSaving(NodeSide node, TowerFile tower) => _nodes.On(node).BeginSaving(tower);

    protected override byte[]? Saved(NodeSide node) => _nodes.On(node).Saved;

    protected override IReadOnlyList<byte[]> Others(NodeSide node) => _nodes.On(node).Others;
}
