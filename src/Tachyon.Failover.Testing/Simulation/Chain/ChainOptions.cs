namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>What a simulated chain is like.</summary>
internal sealed record ChainOptions
{
    public ulong Seed { get; init; } = 1;

    public TimeSpan SlotDuration { get; init; } = TimeSpan.FromMilliseconds(400);

    public ulong SlotsPerEpoch { get; init; } = 4000;

    /// <summary>The first slot made in time; those before it are history, made at once when the chain starts.</summary>
    public ulong StartSlot { get; init; } = 4800;

    /// <summary>How many slots of history there are: more than a full stack, so that nothing must be waited for.</summary>
    public ulong HistorySlots { get; init; } = 96;

    /// <summary>The oldest slot of the history.</summary>
    public ulong FirstSlot => StartSlot - HistorySlots;

    /// <summary>How often the slot of the big node has no block.</summary>
    public double SkippedSlots { get; init; }

    /// <summary>
    /// How often a fork begins with a slot: the blocks of that slot, or of that and the next, are seen by the validators, and then
    /// the chain goes on from the block before them.
    /// </summary>
    public double Forks { get; init; }

    /// <summary>How often a vote misses the block that it was in time for, and lands in the next.</summary>
    public double LateVotes { get; init; }

    /// <summary>How often a vote is lost on its way to the leader.</summary>
    public double LostVotes { get; init; }

    /// <summary>How often a vote that was taken is in the next block as well, and is refused there (VoteTooOld).</summary>
    public double TwiceVotes { get; init; }

    /// <summary>How much of the leader schedule is the staked identity's.</summary>
    public double LeaderShare { get; init; } = 0.05;
}
