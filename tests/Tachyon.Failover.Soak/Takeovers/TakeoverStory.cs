using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Soak.Takeovers;

/// <summary>What is to happen in one run with a takeover: all of it drawn from the seed, before anything begins.</summary>
internal sealed record TakeoverStory
{
    /// <summary>So many calls a takeover makes to its nodes, and somewhat more; the watch makes one to the target in each slot besides.</summary>
    private const int Calls = 60;
    private const int RpcCalls = 60;
    private const int JournalWrites = 14;

    private static readonly CallFault[] CallFaults = Enum.GetValues<CallFault>();
    private static readonly RpcFault[] RpcFaults = [RpcFault.Refused, RpcFault.Lost, RpcFault.Slow, RpcFault.Stale];
    private static readonly JournalFault[] JournalFaults = [JournalFault.DiskFull, JournalFault.Torn, JournalFault.StoredAndFailed, JournalFault.Hangs];
    private static readonly WorldFault[] WorldFaults = Enum.GetValues<WorldFault>();

    public required ulong Seed { get; init; }

    public required ChainOptions Chain { get; init; }

    public required TimeSpan OneWay { get; init; }

    public required PolicyKind Policy { get; init; }

    public required bool RebuildsFromChain { get; init; }

    public required bool AllowStop { get; init; }

    /// <summary>Whether a watch runs beforehand, with its copy. Without one the takeover looks by itself.</summary>
    public required bool HasWatch { get; init; }

    public required bool HasGuard { get; init; }

    public required PowerSwitchState? PowerSwitch { get; init; }

    /// <summary>What happens to the active node, when, and for how long.</summary>
    public required IReadOnlyList<(Loss Loss, TimeSpan At, TimeSpan For)> Losses { get; init; }

    /// <summary>How long after the first fault the takeover is asked for, if no watch reports the loss before.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>When the watch's way to the active node breaks before all that, so that its copy grows old; null if it does not.</summary>
    public required TimeSpan? TowerCopyEndsBefore { get; init; }

    public required IReadOnlyDictionary<int, CallFault> OnCalls { get; init; }

    public required IReadOnlyDictionary<int, RpcFault> OnRpc { get; init; }

    public required IReadOnlyDictionary<int, JournalFault> OnJournal { get; init; }

    /// <summary>What goes wrong besides while the takeover is under way.</summary>
    public required IReadOnlyList<(TimeSpan At, WorldFault Fault)> InTheWorld { get; init; }

    /// <summary>How often a look at a node fails, or takes some seconds, 0 to 1.</summary>
    public required double FlakyProbes { get; init; }

    /// <summary>The world that it happens in.</summary>
    public WorldRules World { get; init; } = new();

    public static TakeoverStory Of(ulong seed)
    {
        var random = new SeededRandom(seed, "takeover");
        var draw = random.Between(0, 1);
        var policy = draw < 0.4 ? PolicyKind.Fenced : draw < 0.8 ? PolicyKind.Guarded : draw < 0.92 ? PolicyKind.Observed : PolicyKind.Asserted;
        var faults = random.Chance(0.3) ? 0 : 1 + random.Index(2);
        var kinds = Enumerable.Range(0, faults).Select(_ => random.Between(0, 1)).ToList();
        var first = policy is PolicyKind.Observed or PolicyKind.Asserted ? Loss.HostDown : (Loss)random.Index(Enum.GetValues<Loss>().Length);
        var second = policy is not (PolicyKind.Observed or PolicyKind.Asserted) && random.Chance(0.3) ? (Loss)random.Index(Enum.GetValues<Loss>().Length) : (Loss?)null;
        return new TakeoverStory
        {
            Seed = seed,
            Chain = random.Chance(0.5)
                ? new ChainOptions { Seed = seed }
                : new ChainOptions { Seed = seed, SkippedSlots = random.Between(0, 0.1), Forks = random.Between(0, 0.03), LateVotes = random.Between(0, 0.1), LostVotes = random.Between(0, 0.03), TwiceVotes = random.Between(0, 0.03) },
            OneWay = random.Milliseconds(0.2, 80),
            Policy = policy,
            RebuildsFromChain = random.Chance(0.08),
            AllowStop = random.Chance(0.85),
            HasWatch = random.Chance(0.8),
            HasGuard = policy == PolicyKind.Guarded || random.Chance(0.2),
            PowerSwitch = random.Chance(0.3) ? (PowerSwitchState)random.Index(Enum.GetValues<PowerSwitchState>().Length) : null,
            Losses =
            [
                (first, TimeSpan.Zero, Length(random, policy)),
                .. second is { } also ? [(also, random.Milliseconds(0, 30_000), Length(random, policy))] : Array.Empty<(Loss, TimeSpan, TimeSpan)>(),
            ],
            Patience = random.Milliseconds(0, 40_000),
            TowerCopyEndsBefore = random.Chance(0.15) ? random.Milliseconds(500, 20_000) : null,
            OnCalls = Draw(random, kinds.Count(kind => kind < 0.6), Calls, CallFaults),
            OnRpc = Draw(random, kinds.Count(kind => kind is >= 0.6 and < 0.7), RpcCalls, RpcFaults),
            OnJournal = Draw(random, kinds.Count(kind => kind is >= 0.7 and < 0.78), JournalWrites, JournalFaults),
            InTheWorld = [.. Enumerable.Range(0, kinds.Count(kind => kind >= 0.78)).Select(_ => (random.Milliseconds(0, 40_000), WorldFaults[random.Index(WorldFaults.Length)]))],
            FlakyProbes = random.Chance(0.1) ? random.Between(0.02, 0.2) : 0,
            World = new WorldRules { ClockSpread = random.Chance(0.8) ? new WorldRules().ClockSpread : random.Milliseconds(50, 9000) },
        };
    }

    // The operator who says that the machine will not come back is right.
    private static TimeSpan Length(SeededRandom random, PolicyKind policy) =>
        policy == PolicyKind.Asserted ? TimeSpan.FromMinutes(20)

        // Back in the middle of the takeover, which a watch asks for after 20 s.
        : policy == PolicyKind.Observed && random.Chance(0.6) ? random.Milliseconds(20_000, random.Chance(0.6) ? 28_000 : 50_000)
        : random.Chance(0.5) ? random.Milliseconds(3000, 60_000) : random.Milliseconds(60_000, 600_000);

    private static Dictionary<int, T> Draw<T>(SeededRandom random, int count, int among, T[] faults)
    {
        var drawn = new Dictionary<int, T>();
        for (var i = 0; i < count; i++)
        {
            drawn[random.Index(among)] = faults[random.Index(faults.Length)];
        }

        return drawn;
    }
}
