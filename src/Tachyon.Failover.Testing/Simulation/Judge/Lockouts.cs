using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>Checks whether votes keep to the lockouts of the votes before them, on any node and any fork.</summary>
internal static class Lockouts
{
    /// <summary>The votes that broke a lockout: at their signing, an older vote on another fork still locked out their fork.</summary>
    /// <param name="chain">Knows all forks.</param>
    /// <param name="start">The tower with the first vote.</param>
    /// <param name="slots">The slots of the votes after it, in the order of signing.</param>
    public static List<ulong> Broken(ChainModel chain, VoteStack start, IEnumerable<ulong> slots)
    {
        var broken = new List<ulong>();
        foreach (var slot in slots)
        {
            start = start.With(slot);
            if (start.Votes.Any(vote => !IsOnForkOf(chain, vote.Slot, slot)))
            {
                broken.Add(slot);
            }
        }

        return broken;
    }

    private static bool IsOnForkOf(ChainModel chain, ulong slot, ulong of)
    {
        if (chain.IsOnMainFork(slot) && chain.IsOnMainFork(of))
        {
            return true;
        }

        while (of > slot && (chain.BankAt(of) ?? chain.OrphanAt(of)) is { } bank)
        {
            of = bank.ParentSlot;
        }

        return of == slot || slot < chain.FirstSlot;
    }
}
