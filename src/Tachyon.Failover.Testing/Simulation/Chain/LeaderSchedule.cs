using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>The leader of each slot: four slots in a row each, drawn by stake, from the seed.</summary>
internal sealed class LeaderSchedule(ChainOptions options)
{
    private const ulong SlotsInRow = 4;

    private readonly Dictionary<ulong, bool[]> _epochs = [];

    public ulong EpochOf(ulong slot) => slot / options.SlotsPerEpoch;

    public ulong FirstSlotOf(ulong epoch) => epoch * options.SlotsPerEpoch;

    /// <summary>Whether the slot is the staked identity's. Otherwise it is the big node's.</summary>
    public bool IsStaked(ulong slot) => Epoch(EpochOf(slot))[(slot % options.SlotsPerEpoch) / SlotsInRow];

    /// <summary>The leader slots of one of the two in an epoch, counted from its first slot.</summary>
    public IEnumerable<ulong> SlotsOf(bool staked, ulong epoch)
    {
        var first = FirstSlotOf(epoch);
        for (ulong index = 0; index < options.SlotsPerEpoch; index++)
        {
            if (IsStaked(first + index) == staked)
            {
                yield return index;
            }
        }
    }

    private bool[] Epoch(ulong epoch)
    {
        if (!_epochs.TryGetValue(epoch, out var rows))
        {
            var random = new SeededRandom(options.Seed, $"leaders of epoch {epoch}");
            rows = new bool[((options.SlotsPerEpoch - 1) / SlotsInRow) + 1];
            for (var row = 0; row < rows.Length; row++)
            {
                rows[row] = random.Chance(options.LeaderShare);
            }

            _epochs[epoch] = rows;
        }

        return rows;
    }
}
