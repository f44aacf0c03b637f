using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>Which slots have a block, as far as a validator knows, and whether a tower from a file fits them.</summary>
internal sealed class LedgerView
{
    private readonly HashSet<ulong> _slots = [];
    private ulong _first = ulong.MaxValue;

    public void Add(Bank bank)
    {
        _slots.Add(bank.Slot);
        _first = Math.Min(_first, bank.Slot);
    }

    /// <summary>Fits a tower to the ledger: what the node has rooted is settled, newer votes stay.</summary>
    /// <returns>The tower, or none if it is so old that the validator makes a new one; or why the validator gives up.</returns>
    public (VoteStack? Stack, string? Error) Fit(VoteStack tower, Bank newest)
    {
        if (tower.LastSlot is not { } last || tower.Root > newest.Root)
        {
            return (tower, null);
        }

        if (last < _first)
        {
            return (null, null);
        }

        // From the newest vote down to the root: the first one on this ledger is the anchor, and all below must be on it too.
        var anchored = false;
        foreach (var slot in tower.Votes.Select(vote => vote.Slot).Prepend(tower.Root ?? _first).Reverse())
        {
            var found = slot <= newest.Root && (slot < _first || _slots.Contains(slot));
            if (anchored && !found)
            {
                return (null, "The tower is fatally inconsistent with blockstore: diverged ancestor?");
            }

            anchored |= found;
        }

        return anchored
            ? (tower.Above(newest.Root), null)
            : (null, "The tower is fatally inconsistent with blockstore: no common slot for rooted slots");
    }
}
