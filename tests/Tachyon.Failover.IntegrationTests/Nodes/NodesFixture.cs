using Tachyon.Failover.Contracts;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover.IntegrationTests.Nodes;

/// <summary>The folders of two nodes, without validators, and the conversations with them over a shell of the test's choice.</summary>
public sealed class NodesFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<NodeShell> _shells = [];

    public NodesFixture()
    {
        Source = new NodeFolders(_folder, "source");
        Target = new NodeFolders(_folder, "target");
    }

    public NodeFolders Source { get; }

    public NodeFolders Target { get; }

    public NodeFolders On(NodeSide side) => side == NodeSide.Source ? Source : Target;

    internal NodeShell Talk(IShell shell, NodeFolders node)
    {
        var talk = new NodeShell(shell, new NodeShellOptions { LockFile = Path.Combine(node.Ledger, "tachyon-failover.lock") });
        _shells.Add(talk);
        return talk;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var shell in _shells)
        {
            await shell.DisposeAsync();
        }

        _folder.Dispose();
    }
}
