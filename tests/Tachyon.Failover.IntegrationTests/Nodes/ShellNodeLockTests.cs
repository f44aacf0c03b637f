using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

public sealed class LocalNodeLockTests() : ShellNodeLockTests(new LocalShell());

public sealed class SshNodeLockTests(SshdFixture sshd) : ShellNodeLockTests(new SshNetShell(sshd.Options)), IClassFixture<SshdFixture>;

public sealed class OpenSshNodeLockTests(SshdFixture sshd) : ShellNodeLockTests(new OpenSshShell(sshd.OpenSshOptions)), IClassFixture<SshdFixture>;

[RunsContract(typeof(ShellNodeLock))]
public abstract class ShellNodeLockTests(IShell shell) : NodeLockContract, IAsyncDisposable
{
    private readonly NodesFixture _nodes = new();
    private ShellNodeLock? _lock;
    private ShellNodeLock? _other;

    protected override INodeLock Lock => _lock ??= new ShellNodeLock(_nodes.Talk(shell, _nodes.Source));

    protected override INodeLock OtherLock => _other ??= new ShellNodeLock(_nodes.Talk(shell, _nodes.Source));

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _nodes.DisposeAsync();
        await shell.DisposeAsync();
    }
}
