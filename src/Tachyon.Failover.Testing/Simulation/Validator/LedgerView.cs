using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>The blocks that a validator knows, orphaned ones included, and whether votes fit them.</summary>
internal sealed class LedgerView
{
    private readonly List<Bank?> _banks = [];
    private ulong _first;

    /// <summary>Adds a block. It must be newer than all others.</summary>
    public void Add(Bank bank)
    {
        if (_banks.Count == 0)
        {
            _first = bank.Slot;
        }

        while (_first + (ulong)_banks.Count < bank.Slot)
        {
            _banks.Add(null);
        }

        _banks.Add(bank);
    }

    /// <summary>Whether the block is there. Blocks older than the ledger count as there.</summary>
    public bool Knows(ulong slot) => slot < _first || BankAt(slot) is not null;

    /// <summary>Whether a slot's block is a bank's own or an ancestor of it.</summary>
    public bool IsOn(ulong slot, Bank fork) => slot < _first || DownTo(slot, fork)?.Slot == slot;

    /// <summary>Whether all votes of a stack are for a bank or its ancestors.</summary>
    public bool IsOn(VoteStack stack, Bank fork)
    {
        // From the newest vote down, so that the fork is walked once.
        Bank? bank = fork;
        for (var i = stack.Votes.Length - 1; i >= 0 && stack.Votes[i].Slot >= _first; i--)
        {
            bank = bank is null ? null : DownTo(stack.Votes[i].Slot, bank);
            if (bank?.Slot != stack.Votes[i].Slot)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Fits a tower to what the node has rooted. The newest vote that is rooted here is the anchor: it and all below are rooted. The votes
    /// above it stay, even if they are newer than the root or on a dead fork: such a vote locks out other forks until it expires.
    /// </summary>
    /// <returns>The tower, or null if it is so old that the validator makes a new one; or why the validator exits.</returns>
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

        // From the newest vote down to the root: the first rooted vote is the anchor, and all below must be rooted too.
        var root = BankAt(newest.Root);
        ulong? anchor = null;
        foreach (var slot in tower.Votes.Select(vote => vote.Slot).Prepend(tower.Root ?? _first).Reverse())
        {
            var found = slot <= newest.Root && (slot < _first || (root is not null && IsOn(slot, root)));
            if (anchor is not null && !found)
            {
                return (null, "The tower is fatally inconsistent with blockstore: diverged ancestor?");
            }

            anchor ??= found ? slot : null;
        }

        return anchor is { } settled
            ? (new VoteStack(tower.Votes.RemoveAll(vote => vote.Slot <= settled), newest.Root), null)
            : (null, "The tower is fatally inconsistent with blockstore: no common slot for rooted slots");
    }

    private Bank? BankAt(ulong slot) => slot >= _first && slot - _first < (ulong)_banks.Count ? _banks[(int)(slot - _first)] : null;

    /// <summary>The newest block of a fork that is not above a slot.</summary>
    private Bank? DownTo(ulong slot, Bank fork)
    {
        Bank? bank = fork;
        while (bank is not null && bank.Slot > slot)
        {
            bank = BankAt(bank.ParentSlot);
        }

        return bank;
    }
}
