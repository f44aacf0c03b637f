using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>
/// Checks whether all votes of an account, in the order of signing, are the votes of one validator that never forgot a vote. Two voters, a stale tower,
/// and a last vote that was not carried over all show here, even if the chain did not notice them.
/// </summary>
internal static class TowerContinuity
{
    /// <summary>The first vote that does not follow from the vote before it, in words; null if all do.</summary>
    public static string? FindBreak(IEnumerable<SentVote> votes)
    {
        SentVote? before = null;
        foreach (var vote in votes.OrderBy(vote => vote.SignedAt))
        {
            // A vote that lands twice is one vote.
            if (before is not null && !ReferenceEquals(before.Stack, vote.Stack) && Contradiction(before.Stack, vote.Stack) is { } contradiction)
            {
                return $"{vote.Node} signed slot {vote.Slot} after {before.Node} had signed slot {before.Slot}: {contradiction}";
            }

            before = vote;
        }

        return null;
    }

    /// <summary>Why a validator with the first vote could not cast the second after it, in words; null if it could.</summary>
    public static string? Contradiction(VoteStack before, VoteStack after)
    {
        if (after.LastSlot <= before.LastSlot)
        {
            return "it is not newer";
        }

        // Every vote of the older stack is rooted in the newer one, is in it, or had expired before the vote in its place.
        var index = 0;
        foreach (var vote in before.Votes)
        {
            if (vote.Slot <= after.Root)
            {
                continue;
            }

            while (index < after.Votes.Length && after.Votes[index].Slot < vote.Slot)
            {
                index++;
            }

            if (index < after.Votes.Length
                && after.Votes[index].Slot != vote.Slot
                && after.Votes[index].Slot <= VoteStack.LastLockedOutSlot(vote.Slot, vote.ConfirmationCount))
            {
                return $"the vote for slot {vote.Slot} still bound";
            }
        }

        return null;
    }
}
