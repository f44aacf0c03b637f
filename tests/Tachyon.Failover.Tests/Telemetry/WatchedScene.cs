using Microsoft.Extensions.Logging;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Tests.Recovery;

namespace Tachyon.Failover.Tests.Telemetry;

/// <summary>A simulated pair whose runs are observed. Its nodes have unique names, since listeners hear all runs of the process.</summary>
internal sealed class WatchedScene
{
    private static int _scenes;

    private readonly SimulatedPair _world;
    private readonly Func<TimeProvider, TimeProvider> _timers;
    private readonly string _number = $"{Interlocked.Increment(ref _scenes):000}";
    private Action<SimulatedPair, SimulatedCoordinator>? _trouble;
    private FailoverStep _when;

    public WatchedScene(ulong seed = 11, Func<TimeProvider, TimeProvider>? timers = null)
    {
        _world = new SimulatedPair(new ChainOptions { Seed = seed });
        _timers = timers ?? (time => time);
        _world.Cluster.Run(TimeSpan.FromSeconds(3));
    }

    public string Source => $"a{_number}";

    public string Target => $"b{_number}";

    public ILoggerFactory? Log { get; init; }

    public IProgress<FailoverProgress>? Progress { get; init; }

    /// <summary>The chain's view, vote for vote.</summary>
    public IEnumerable<string> Votes => _world.Cluster.Chain.Votes.Select(vote => $"{vote.Node} {vote.Slot} {vote.SignedAt.Ticks} {vote.ArrivedAt.Ticks} {vote.BlockSlot}");

    /// <summary>The world's present time.</summary>
    public DateTimeOffset Now => _world.Cluster.Events.Now;

    /// <summary>Runs an action right before a step is sent.</summary>
    public WatchedScene Before(FailoverStep step, Action<SimulatedPair, SimulatedCoordinator> trouble)
    {
        (_when, _trouble) = (step, trouble);
        return this;
    }

    public FailoverResult Switchover() => Run((coordinator, pair) => coordinator.SwitchoverAsync(pair, Progress));

    public FailoverResult TakeOver() => Run((coordinator, pair) => coordinator.TakeoverAsync(pair, progress: Progress));

    public RecoveryResult Recover() => Run((coordinator, pair) => coordinator.RecoverAsync(pair, Progress));

    public PairDiagnosis Diagnose() => Run((coordinator, pair) => coordinator.DiagnoseAsync(pair));

    public SwitchoverPlan DryRun() => Run((coordinator, pair) => coordinator.DryRunAsync(pair));

    public Failover.Preflight.PreflightReport PreflightReport() => Run((coordinator, pair) => coordinator.PreflightAsync(pair));

    /// <summary>The verdict of a watch beside the pair after a while.</summary>
    public MonitorVerdict Watch(TimeSpan howLong)
    {
        var coordinator = _world.AddCoordinator("daemon", TimeSpan.FromMilliseconds(10));
        return coordinator.Run(async () =>
        {
            var watch = new ValidatorMonitor(Named(coordinator.Pair(_world.A)), loggerFactory: Log, timeProvider: coordinator.Time);
            await using (watch)
            {
                using var stop = new CancellationTokenSource(howLong, coordinator.Time);
                await watch.RunAsync(cancellationToken: stop.Token);
                return watch.Verdict;
            }
        })!;
    }

    /// <summary>A result without the one member that differs from run to run.</summary>
    public string Trace(FailoverResult result) => $"{result}{Environment.NewLine}{result.ToTrace()}"
        .Replace(result.RunId.ToString(), "the run", StringComparison.Ordinal)
        .Replace(Source, "a", StringComparison.Ordinal)
        .Replace(Target, "b", StringComparison.Ordinal);

    private T Run<T>(Func<FailoverCoordinator, ValidatorPair, Task<T>> ask)
        where T : class
    {
        SimulatedCoordinator? coordinator = null;
        IFailoverJournal? journal = _trouble is { } trouble ? new StoryJournal(_when, _ => trouble(_world, coordinator!)) : null;
        coordinator = _world.AddCoordinator("first", TimeSpan.FromMilliseconds(10), plan: null, journal);
        var pair = Named(coordinator.Pair(_world.A));
        var options = new FailoverOptions { MinimumIdle = null, Journal = coordinator.Journal, Holder = coordinator.Name };
        return coordinator.Run(() => ask(new FailoverCoordinator(options, Log, _timers(coordinator.Time)), pair), TimeSpan.FromMinutes(10))!;
    }

    private ValidatorPair Named(ValidatorPair pair) => pair with { Source = pair.Source with { Name = Source }, Target = pair.Target with { Name = Target } };
}
