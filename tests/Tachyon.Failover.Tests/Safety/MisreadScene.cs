using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Takeover;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Nodes;

namespace Tachyon.Failover.Tests.Safety;

/// <summary>A simulated pair, and a coordinator whose calls are recorded: what it changes, and the state of both nodes before and after.</summary>
internal sealed class MisreadScene
{
    private readonly InMemoryFailoverJournal _journal = new();
    private readonly SimulatedCoordinator _coordinator;

    public MisreadScene(ulong seed = 7, params string[] refused)
    {
        World = new SimulatedPair(seed);
        World.Pass(TimeSpan.FromSeconds(5));
        Calls = new CallRecorder(refused);
        _coordinator = World.AddCoordinator("the one that is misled", TimeSpan.FromMilliseconds(10), Calls, _journal);
    }

    /// <summary>The severity of the preflight's findings; null for their own.</summary>
    public Func<PreflightFinding, PreflightSeverity>? Reclassify { get; init; }

    public SimulatedPair World { get; }

    public CallRecorder Calls { get; }

    public SimulatedNode A => World.A;

    public SimulatedNode B => World.B;

    /// <summary>Everything that decides who votes, now and after a restart, on both nodes.</summary>
    public IReadOnlyList<string> Nodes => [Of(A), Of(B)];

    public static void Swap(SimulatedNode node) => node.Named = NodePaths.Usual.Swapped;

    /// <summary>Another coordinator, whose settings are right, moves the identity to b.</summary>
    public FailoverResult SwitchBefore() =>
        World.Run(() => new FailoverCoordinator(new FailoverOptions { MinimumIdle = null, Journal = _journal }, timeProvider: World.Time).SwitchoverAsync(World.FromAToB))!;

    public FailoverResult Switch(SimulatedNode source) => _coordinator.Run(() => Coordinator().SwitchoverAsync(_coordinator.Pair(source)))!;

    public FailoverResult TakeOver(SimulatedNode source, TakeoverPolicy? policy = null) => _coordinator.Run(() => Coordinator().TakeoverAsync(_coordinator.Pair(source), policy))!;

    public RecoveryResult Recover(SimulatedNode source) => _coordinator.Run(() => Coordinator().RecoverAsync(_coordinator.Pair(source)))!;

    public RecoveryResult Settle(SimulatedNode source) => _coordinator.Run(() => Coordinator().CompleteDemotionAsync(_coordinator.Pair(source)))!;

    public PairDiagnosis Diagnose(SimulatedNode source) => _coordinator.Run(() => Coordinator().DiagnoseAsync(_coordinator.Pair(source)))!;

    private FailoverCoordinator Coordinator() => new(new FailoverOptions { MinimumIdle = null, Journal = _coordinator.Journal, Reclassify = Reclassify }, timeProvider: _coordinator.Time);

    private static string Of(SimulatedNode node) =>
        $"{node.Name}: link {node.LinkTarget}; runs {node.Process?.Identity}, voter {node.Process?.HasAuthorizedVoter}, started {node.ProcessStartedAt:O}; has a tower: {node.Towers.Current is not null}";
}
