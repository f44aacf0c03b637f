using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Monitoring;
using Tachyon.Failover.Watch;

namespace Tachyon.Failover.Tests.Monitoring;

/// <summary>A watch over scripted parts, on one clock and one thread.</summary>
internal sealed class WatchScene : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private readonly CancellationTokenSource _stop = new();

    public WatchScene()
    {
        Chain = new ScriptedChain(Time);
        (Cluster, Target, Third, Source) = (new ScriptedRpc(Chain), new ScriptedRpc(Chain), new ScriptedRpc(Chain), new ScriptedRpc(Chain));
    }

    public FakeTimeProvider Time { get; } = new();

    public ScriptedChain Chain { get; }

    public ScriptedRpc Cluster { get; }

    public ScriptedRpc Target { get; }

    public ScriptedRpc Third { get; }

    public ScriptedRpc Source { get; }

    public ScriptedTowers Towers { get; } = new();

    public IPortProbe? Ports { get; set; }

    public MonitorOptions Options { get; set; } = new();

    /// <summary>All verdicts of the watch, in order.</summary>
    public List<MonitorVerdict> Verdicts { get; } = [];

    public Task? Running { get; private set; }

    public ValidatorPair Pair => new()
    {
        StakedIdentity = ScriptedChain.Staked,
        Source = new ScriptedNode(Source).Parts() with { Name = "lost" },
        Target = new ScriptedNode(Target).Parts() with { Name = "spare", TowerCopies = Towers },
        Towers = Towers,
        Cluster = Cluster,
        Witnesses = [new Witness { Name = "third", Rpc = Third }],
        Ports = Ports,
    };

    public ValidatorMonitor Watch() => new(Pair, Options, timeProvider: Time);

    public ValidatorMonitor Start()
    {
        var watch = Watch();
        Running = watch.RunAsync(new Reports(Verdicts), _stop.Token);
        return watch;
    }

    public void Stop() => _stop.Cancel();

    /// <summary>Lets time pass.</summary>
    /// <returns>The watch's verdicts in that time.</returns>
    public IReadOnlyList<MonitorVerdict> Pass(double seconds)
    {
        var before = Verdicts.Count;
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(seconds); passed += Tick)
        {
            Time.Advance(Tick);
        }

        return [.. Verdicts.Skip(before)];
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private sealed class Reports(List<MonitorVerdict> verdicts) : IProgress<MonitorVerdict>
    {
        public void Report(MonitorVerdict value) => verdicts.Add(value);
    }
}
