using Tachyon.Failover.Contracts;
using System.Runtime.Versioning;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.IntegrationTests.Switchovers;
using Tachyon.Failover.Journal;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Takeovers;

/// <summary>The active validator hangs (SIGSTOP) on a node with a real sshd. Each test has a pair of its own.</summary>
[UnsupportedOSPlatform("windows")]
public abstract class HungSourceScene : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private FailoverCoordinator? _made;

    protected SwitchoverScene Scene { get; } = new();

    protected FailoverCoordinator Coordinator => _made ??= new(SwitchoverScene.Options.With(it => { it.RollbackTimeout = TimeSpan.FromSeconds(12); it.Journal = new FileFailoverJournal(Scene.Journal); }));

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static TakeoverPolicy Policy => new() { CallTimeout = TimeSpan.FromSeconds(4) };

    public ValueTask InitializeAsync() => Scene.InitializeAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (Scene.Active.Node.IsRunning)
        {
            Scene.Active.Node.Wake();
        }

        await Scene.DisposeAsync();
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The nodes, with other settings for the active one.</summary>
    protected ShellValidatorPair Nodes(ValidatorNodeSettings active) => new(
        Scene.Cluster.StakedIdentity, active, Scene.Active.Shell, Scene.Inactive.Settings, Scene.Inactive.Shell, new HttpClusterRpc(_http, Scene.Cluster.RpcUri, Patience.Calls));

    /// <summary>Hangs the active validator, and waits until its votes no longer land.</summary>
    protected async Task SilentAsync()
    {
        Scene.Active.Node.Freeze();
        await Scene.Cluster.WaitForSlotAsync(await Scene.Cluster.GetSlotAsync(Token) + 10, Token);
    }
}
