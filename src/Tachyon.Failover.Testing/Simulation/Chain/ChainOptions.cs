namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>The options of a simulated chain.</summary>
internal sealed record ChainOptions
{
    public ulong Seed { get; init; } = 1;

    public TimeSpan SlotDuration { get; init; } = TimeSpan.FromMilliseconds(400);

    public ulong SlotsPerEpoch { get; init; } = 4000;

    /// <summary>The first slot made in time. The slots before it are history, created when the chain starts.</summary>
    public ulong StartSlot { get; init; } = 4800;

    /// <summary>The number of slots of history: more than a full stack, so that a run need not wait for one.</summary>
    public ulong HistorySlots { get; init; } = 96;

    /// <summary>The oldest slot of the history.</summary>
    public ulong FirstSlot => StartSlot - HistorySlots;

    /// <summary>How often the slot of the big node has no block.</summary>
    public double SkippedSlots { get; init; }

    /// <summary>
    /// How often a fork begins with a slot. Validators see the blocks of that slot, or of that slot and the next. After that
    /// the chain continues from the block before them.
    /// </summary>
    public double Forks { get; init; }

    /// <summary>How often a vote misses the block that it was in time for, and lands in the next.</summary>
    public double LateVotes { get; init; }

    /// <summary>How often a vote is lost on its way to the leader.</summary>
    public double LostVotes { get; init; }

    /// <summary>How often a taken vote is in the next block as well, and is refused there (VoteTooOld).</summary>
    public double TwiceVotes { get; init; }

    /// <summary>The staked identity's share of the leader schedule.</summary>
    public double LeaderShare { get; init; } = 0.05;
}
