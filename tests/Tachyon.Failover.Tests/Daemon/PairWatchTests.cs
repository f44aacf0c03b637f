using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Daemon.Events;
using Tachyon.Failover.Daemon.Monitoring;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Tests.Preflight;
using Tachyon.Failover.Tests.Takeover;
using Xunit;

namespace Tachyon.Failover.Tests.Daemon;

/// <summary>What the daemon does on a pair that no verb may touch.</summary>
public sealed class PairWatchTests : IDisposable
{
    private const string Alpenglow = "the cluster votes by Alpenglow";

    private readonly DaemonScene _daemon = new();
    private readonly CancellationTokenSource _stop = new();
    private string? _refusal;
    private int _asked;
    private int _readings;

    public void Dispose()
    {
        _stop.Dispose();
        _daemon.Dispose();
    }

    [Fact]
    public async Task RunAsync_ClientIsRefused_CallsForAPersonOnceAndMonitorsNothing()
    {
        _refusal = Alpenglow;

        await RunUntilAsync(() => _asked > 3);

        Calls.Should().Equal(Alpenglow);
        _readings.Should().Be(0);
    }

    [Fact]
    public async Task RunAsync_ClientIsNoLongerRefused_Monitors()
    {
        _refusal = Alpenglow;

        await RunUntilAsync(
            () =>
            {
                _refusal = _asked > 1 ? null : Alpenglow;
                return _readings > 3;
            });

        _daemon.Status.Now.Verdict.Should().Be(MonitorState.Healthy);
    }

    /// <summary>An operator must know it before the node is lost.</summary>
    [Fact]
    public async Task RunAsync_ClusterChangesWhileItMonitors_StopsAndCallsForAPerson()
    {
        await RunUntilAsync(
            () =>
            {
                _refusal = _readings > 3 ? Alpenglow : null;
                return Calls.Contains(Alpenglow);
            });

        var readings = _readings;
        readings.Should().BeLessThan(30, "it is noticed within two rounds of five seconds, on a slow machine too");
        _daemon.Status.Now.Verdict.Should().Be(MonitorState.Unknown);
    }

    private IEnumerable<string?> Calls => _daemon.Events.Where(static happened => happened.Name == EventNames.NeedsAPerson).Select(static happened => happened.Reason);

    /// <summary>Runs the watch, a second after the other, until something is so.</summary>
    private async Task RunUntilAsync(Func<bool> isSo)
    {
        var scene = new PreflightScene();
        var active = scene.Pair;
        await using var open = new OpenPair(Answering(active, active.StakedIdentity), Answering(active, active.StakedIdentity), new InMemoryFailoverJournal(), []);
        var watch = new PairWatch(open, Make, _daemon.DaemonLoop, _daemon, new DaemonSettings { LookAround = TimeSpan.FromSeconds(5) }, _daemon.Status, _daemon.Time, NullLogger<PairWatch>.Instance);
        var running = watch.RunAsync(_stop.Token);
        await Patience.UntilAsync(
            () =>
            {
                _daemon.Time.Advance(TimeSpan.FromSeconds(1));
                return isSo();
            },
            TestContext.Current.CancellationToken);
        await _stop.CancelAsync();
        await running;
    }

    private ScriptedPair Make(ValidatorPair pair) => new(pair.Source.Name, pair.Target.Name)
    {
        Refusal = () =>
        {
            _asked++;
            return _refusal;
        },
        Watches = WatchAsync,
    };

    private async Task WatchAsync(IProgress<MonitorVerdict> verdicts, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _daemon.Time, cancellationToken);
            _readings++;
            verdicts.Report(DaemonScene.Healthy);
        }
    }

    private static ValidatorPair Answering(ValidatorPair pair, Pubkey active) => pair with
    {
        Source = pair.Source with { Host = Meddler.Of(pair.Source.Host, (nameof(IValidatorHost.GetContactInfoAsync), _ => Task.FromResult(Runs(active)))) },
        Target = pair.Target with { Host = Meddler.Of(pair.Target.Host, (nameof(IValidatorHost.GetContactInfoAsync), _ => Task.FromResult(Runs(PreflightScene.OwnOfB)))) },
    };

    private static CallResult<ClusterNode> Runs(Pubkey identity) => CallResult.Read(PreflightScene.Running(identity));
}
