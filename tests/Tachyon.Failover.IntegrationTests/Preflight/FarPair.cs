using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Switchovers;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover.IntegrationTests.Preflight;

/// <summary>The nodes of a scene from afar, over connections that are not open yet.</summary>
internal sealed class FarPair : IAsyncDisposable
{
    private readonly SwitchoverScene _scene;
    private readonly SshNetShell _source;
    private readonly SshNetShell _target;
    private readonly ShellValidatorPair _pair;

    public FarPair(SwitchoverScene scene, TimeSpan roundTrip)
    {
        _scene = scene;
        SetRoundTrip(roundTrip);
        _source = new SshNetShell(scene.Active.Login);
        _target = new SshNetShell(scene.Inactive.Login);

        // The target is the only RPC of the cluster, as for a user without another one: the longest way of all.
        IClusterRpc? cluster = null;
        _pair = new ShellValidatorPair(scene.Cluster.StakedIdentity, Patience.With(scene.Active.Settings), _source, Patience.With(scene.Inactive.Settings), _target, cluster);
    }

    public ValidatorPair Pair => _pair.FromAToB;

    public async ValueTask DisposeAsync()
    {
        SetRoundTrip(TimeSpan.Zero);
        await _pair.DisposeAsync();
        await _source.DisposeAsync();
        await _target.DisposeAsync();
    }

    private void SetRoundTrip(TimeSpan roundTrip)
    {
        _scene.Active.Link.SetRoundTrip(roundTrip);
        _scene.Inactive.Link.SetRoundTrip(roundTrip);
    }
}
