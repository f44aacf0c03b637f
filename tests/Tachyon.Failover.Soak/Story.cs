using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Soak;

/// <summary>What is to happen in one run: all of it drawn from the seed, before anything begins.</summary>
internal sealed record Story
{
    /// <summary>So many calls a switchover makes to its nodes when all goes well, and somewhat more.</summary>
    private const int Calls = 48;
    private const int RpcCalls = 44;
    private const int JournalWrites = 12;

    /// <summary>So many calls all parts of a pair get in a switchover, and somewhat more.</summary>
    private const int Throwable = 160;

    private static readonly CallFault[] CallFaults = Enum.GetValues<CallFault>();
    private static readonly RpcFault[] RpcFaults = [RpcFault.Refused, RpcFault.Lost, RpcFault.Slow, RpcFault.Stale];
    private static readonly JournalFault[] JournalFaults = [JournalFault.DiskFull, JournalFault.Torn, JournalFault.StoredAndFailed, JournalFault.Hangs];
    private static readonly WorldFault[] WorldFaults = Enum.GetValues<WorldFault>();

    public required ulong Seed { get; init; }

    public required ChainOptions Chain { get; init; }

    /// <summary>How long the world runs before the coordinator comes.</summary>
    public required TimeSpan Before { get; init; }

    /// <summary>How far the coordinator is from the nodes.</summary>
    public required TimeSpan OneWay { get; init; }

    public required IReadOnlyDictionary<int, CallFault> OnCalls { get; init; }

    public required IReadOnlyDictionary<int, RpcFault> OnRpc { get; init; }

    public required IReadOnlyDictionary<int, JournalFault> OnJournal { get; init; }

    /// <summary>What goes wrong in the world by itself, and when.</summary>
    public required IReadOnlyList<(TimeSpan At, WorldFault Fault)> InTheWorld { get; init; }

    /// <summary>Whether a tower of the staked identity is left over on the target from a switchover before.</summary>
    public required bool HasLeftover { get; init; }

    /// <summary>How long a restart window is asked for; null for none.</summary>
    public TimeSpan? MinimumIdle { get; init; }

    /// <summary>What is done if it is lost.</summary>
    public ClosedRestartWindow OnClosedWindow { get; init; }

    /// <summary>When the caller cancels; null if never.</summary>
    public TimeSpan? GivesUpAfter { get; init; }

    /// <summary>When a second coordinator comes, while the first is at work; null if none does.</summary>
    public TimeSpan? SecondAfter { get; init; }

    /// <summary>The pause after the first coordinator has ended or crashed.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>Whether later coordinators have the journal of the first.</summary>
    public required bool SharesJournal { get; init; }

    /// <summary>Whether all of the preflight counts, or only what a switchover cannot do without.</summary>
    public required bool IsCautious { get; init; }

    /// <summary>How often a look at a node fails, or takes some seconds, 0 to 1.</summary>
    public required double FlakyProbes { get; init; }

    /// <summary>Which call of the pair's parts throws, and whether in the task that it gives back; null if none does.</summary>
    public required (int Call, bool InTask)? Throws { get; init; }

    /// <summary>Whether the identity is switched once more in the end, to the other node.</summary>
    public required bool GoesBack { get; init; }

    /// <summary>The world that it happens in.</summary>
    public WorldRules World { get; init; } = new();

    public bool IsWithoutFaults => OnCalls.Count + OnRpc.Count + OnJournal.Count + InTheWorld.Count == 0 && FlakyProbes == 0 && Throws is null && GivesUpAfter is null && SecondAfter is null;

    public static Story Of(ulong seed)
    {
        var random = new SeededRandom(seed, "story");
        var isCalm = random.Chance(0.1);
        var count = isCalm ? 0 : 1 + random.Index(3);
        var kinds = Enumerable.Range(0, count).Select(_ => random.Between(0, 1)).ToList();
        return new Story
        {
            Seed = seed,
            Chain = ChainOf(seed, random, isCalm),
            Before = random.Milliseconds(18_000, 20_000),
            OneWay = random.Milliseconds(0.2, 80),
            OnCalls = Draw(random, kinds.Count(kind => kind < 0.65), Calls, CallFaults),
            OnRpc = Draw(random, kinds.Count(kind => kind is >= 0.65 and < 0.72), RpcCalls, RpcFaults),
            OnJournal = Draw(random, kinds.Count(kind => kind is >= 0.72 and < 0.8), JournalWrites, JournalFaults),
            InTheWorld = [.. Enumerable.Range(0, kinds.Count(kind => kind >= 0.8)).Select(_ => (random.Milliseconds(0, 9000), WorldFaults[random.Index(WorldFaults.Length)]))],
            HasLeftover = random.Chance(0.3),
            GivesUpAfter = !isCalm && random.Chance(0.05) ? random.Milliseconds(0, 6000) : null,
            SecondAfter = !isCalm && random.Chance(0.15) ? random.Milliseconds(0, 9000) : null,
            Pause = random.Chance(0.5) ? random.Milliseconds(0, 5000) : random.Milliseconds(5000, 90_000),
            SharesJournal = random.Chance(0.5),
            IsCautious = isCalm || random.Chance(0.3),
            FlakyProbes = !isCalm && random.Chance(0.1) ? random.Between(0.02, 0.2) : 0,
            Throws = !isCalm && random.Chance(0.08) ? (1 + random.Index(Throwable), random.Chance(0.5)) : null,
            GoesBack = random.Chance(0.3),
            World = new WorldRules { ClockSpread = random.Chance(0.8) ? new WorldRules().ClockSpread : random.Milliseconds(50, 9000) },
        }.WithWindow();
    }

    /// <summary>Drawn by itself, so that nothing else changes with it. A short window is lost while everything is made ready; a long one is waited for, over the epoch's end as well.</summary>
    private Story WithWindow()
    {
        var random = new SeededRandom(Seed, "window");
        return !random.Chance(0.2) ? this : this with
        {
            MinimumIdle = random.Milliseconds(IsWithoutFaults ? 8000 : 2000, 12_000),
            OnClosedWindow = random.Chance(0.7) ? ClosedRestartWindow.WaitAgain : ClosedRestartWindow.Refuse,
            Chain = Chain with { LeaderShare = random.Between(0.02, 0.2), StartSlot = random.Chance(0.4) ? 3950UL : Chain.StartSlot },
        };
    }

    /// <summary>One in which nothing goes wrong.</summary>
    public static Story WithoutFaultsOf(ulong seed, TimeSpan oneWay) => Of(seed) with
    {
        Chain = new ChainOptions { Seed = seed },
        OneWay = oneWay,
        OnCalls = new Dictionary<int, CallFault>(),
        OnRpc = new Dictionary<int, RpcFault>(),
        OnJournal = new Dictionary<int, JournalFault>(),
        InTheWorld = [],
        GivesUpAfter = null,
        SecondAfter = null,
        MinimumIdle = null,
        IsCautious = true,
        FlakyProbes = 0,
        Throws = null,
        GoesBack = false,
    };

    private static ChainOptions ChainOf(ulong seed, SeededRandom random, bool isCalm) => isCalm || random.Chance(0.5)
        ? new ChainOptions { Seed = seed }
        : new ChainOptions
        {
            Seed = seed,
            SkippedSlots = random.Between(0, 0.1),
            Forks = random.Between(0, 0.04),
            LateVotes = random.Between(0, 0.1),
            LostVotes = random.Between(0, 0.03),
            TwiceVotes = random.Between(0, 0.03),
            StartSlot = random.Chance(0.2) ? 3980UL : 4800UL,
        };

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
