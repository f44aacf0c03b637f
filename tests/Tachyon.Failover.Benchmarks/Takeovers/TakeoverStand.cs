using Tachyon.Failover.Cluster;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Network;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Takeovers;

/// <summary>Node a, which is active and will be lost; node b, which is to take over; three witnesses; and a watch that keeps the tower copy.</summary>
internal sealed class TakeoverStand : IAsyncDisposable
{
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);

    private readonly Stage _stage;
    private readonly TakeoverRules _rules;
    private readonly HttpClient _http = new();
    private readonly List<LinkProxy> _witnessLinks = [];
    private readonly IShell _toA;
    private readonly IShell _toB;
    private readonly ShellValidatorPair _nodes;
    private readonly CancellationTokenSource _end = new();
    private Task _watching = Task.CompletedTask;

    private TakeoverStand(Stage stage, TakeoverRules rules)
    {
        (_stage, _rules) = (stage, rules);
        _toA = stage.Reach(Lost, ShellKind.Net);
        _toB = stage.Reach(Spare, ShellKind.Net);
        _nodes = new ShellValidatorPair(Cluster.StakedIdentity, Lost.Settings, _toA, Spare.Settings, _toB, Rpc(Cluster.RpcUri.Port));
        Pair = _nodes.FromAToB with { Witnesses = [Witness("second"), Witness("third")] };
        Watch = new ValidatorMonitor(Pair, new MonitorOptions { Rules = rules.Silence });
        Coordinator = new FailoverCoordinator(new FailoverOptions { MinimumIdle = null, Journal = new FileFailoverJournal(Path.Combine(stage.Folder, "takeover.journal")) });
    }

    public StandInCluster Cluster => _stage.Cluster;

    public StandInNode Lost => Cluster.A;

    public StandInNode Spare => Cluster.B;

    /// <summary>The pair, with a way to fence the lost node from outside if the scenario has one.</summary>
    public ValidatorPair Pair { get; private set; }

    public ValidatorMonitor Watch { get; }

    public FailoverCoordinator Coordinator { get; }

    public static async Task<TakeoverStand> SetAsync(ulong seed, TimeSpan roundTrip, TakeoverRules rules, CancellationToken cancellationToken)
    {
        var stage = await Stage.SetAsync(seed, Slot, roundTrip, cancellationToken, canBeCut: true);
        var stand = new TakeoverStand(stage, rules);
        stand._watching = stand.Watch.RunAsync(progress: null, stand._end.Token);
        return stand;
    }

    /// <summary>Waits until the watch sees votes land and has a tower in hand.</summary>
    public async Task AwaitHealthAsync(CancellationToken cancellationToken)
    {
        while (Watch.Verdict.State != MonitorState.Healthy || !(await Pair.Target.TowerCopies!.ReadAsync(cancellationToken)).IsDone)
        {
            await Task.Delay(Slot / 4, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Waits until the watch says that the validator is lost.</summary>
    public async Task AwaitLossAsync(CancellationToken cancellationToken)
    {
        var limit = await Cluster.GetSlotAsync(cancellationToken) + (ulong)(3 * _rules.Silence.LostAfter / Slot) + 100;
        while (Watch.Verdict.State != MonitorState.Lost)
        {
            await Task.Delay(Slot / 4, TimeProvider.System, cancellationToken);
            if (await Cluster.GetSlotAsync(cancellationToken) > limit)
            {
                throw new InvalidOperationException($"The watch does not say that the validator is lost: {Watch.Verdict}");
            }
        }
    }

    public void FenceWith(Nodes.IFencingDevice fence) => Pair = Pair with { Source = Pair.Source with { FencingDevice = fence } };

    /// <summary>Nothing gets to the lost node any more, nor from it, logins included.</summary>
    public async Task CutOffAsync(CancellationToken cancellationToken)
    {
        // Cut the logins a moment later than the rest: a tower leaves the node before the vote that it holds.
        await Cluster.CutOffAsync(Lost, cancellationToken);
        _stage.LinkTo(Lost).Stall();
    }

    public async Task ReconnectAsync(CancellationToken cancellationToken)
    {
        await Cluster.ReconnectAsync(Lost, cancellationToken);
        _stage.LinkTo(Lost).Heal();

        // A call that hung in it counts as lost.
        _stage.LinkTo(Lost).Cut();
    }

    public async Task EndSshdAsync()
    {
        await _stage.SshdOf(Lost).StopAsync();
        _stage.LinkTo(Lost).Cut();
    }

    public Task StartSshdAsync(CancellationToken cancellationToken) => _stage.SshdOf(Lost).StartAgainAsync(cancellationToken);

    /// <summary>No watch runs any more.</summary>
    public async Task EndWatchAsync()
    {
        await _end.CancelAsync();
        await _watching;
        await Watch.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndWatchAsync();
        await _nodes.DisposeAsync();
        await _toA.DisposeAsync();
        await _toB.DisposeAsync();
        foreach (var link in _witnessLinks)
        {
            await link.DisposeAsync();
        }

        await _stage.DisposeAsync();
        _http.Dispose();
        _end.Dispose();
    }

    private Witness Witness(string name)
    {
        var link = LinkProxy.Start(Cluster.RpcUri.Port);
        _witnessLinks.Add(link);
        return new Witness { Name = name, Rpc = Rpc(link.Port) };
    }

    private HttpClusterRpc Rpc(int port) => new(_http, new Uri($"http://127.0.0.1:{port}/"));
}
