using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>The tower that replay votes with: its allowed votes, and what it takes over from the chain.</summary>
internal sealed class LiveTower(LedgerView ledger)
{
    public VoteStack Stack { get; private set; } = VoteStack.Empty;

    /// <summary>
    /// Replay takes over the chain's vote state when that is newer than its own. So a validator that does not vote stays up to date,
    /// and a tower that lacks votes heals, if the validator has not voted since. Each bank has the votes of its own fork only.
    /// </summary>
    public void TakeOver(Bank bank)
    {
        if (bank.VoteAccount.LastSlot is { } last && !(Stack.LastSlot >= last))
        {
            var stack = bank.VoteAccount.ToStack();
            Stack = Stack.Root > stack.Root ? stack.Above(Stack.Root.Value) : stack;
        }
    }

    /// <summary>Loads the tower from a file.</summary>
    /// <returns>Why the validator exits, or null.</returns>
    public string? Restore(VoteStack? saved, Bank newest)
    {
        var (stack, error) = saved is null ? (null, null) : ledger.Fit(saved, newest);
        if (error is null)
        {
            // Without a file the tower is rebuilt from the newest bank. Votes that have not landed are forgotten.
            Stack = stack ?? newest.VoteAccount.ToStack();
        }

        return error;
    }

    /// <summary>
    /// Votes for a bank, unless it has voted for its slot or a newer one, or an older vote on another fork still locks the bank's slot
    /// out: then it waits until that vote expires.
    /// </summary>
    public bool Vote(Bank bank)
    {
        if (Stack.LastSlot >= bank.Slot)
        {
            return false;
        }

        var voted = Stack.With(bank.Slot);
        if (!ledger.IsOn(voted, bank))
        {
            return false;
        }

        Stack = voted;
        return true;
    }
}
