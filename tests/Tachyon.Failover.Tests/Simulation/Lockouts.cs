using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>Whether votes keep to the lockouts of the ones before them, whoever signed them and wherever they landed.</summary>
internal static class Lockouts
{
    /// <summary>The votes that broke a lockout: at their signing an older one was still locked out that is not on their fork.</summary>
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
        while (of > slot && (chain.BankAt(of) ?? chain.OrphanAt(of)) is { } bank)
        {
            of = bank.ParentSlot;
        }

        return of == slot || slot < chain.FirstSlot;
    }
}
