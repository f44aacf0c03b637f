using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>
/// Whether all votes of an account, in the order in which they were signed, are the votes of one validator that never forgot anything. Two voters, a tower that was left
/// over, and a last vote that was not carried over all show here, whether the chain noticed them or not.
/// </summary>
internal static class TowerContinuity
{
    /// <summary>The first vote that does not follow from the one before it, in words; null if all do.</summary>
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

    /// <summary>Why a validator that had cast the one vote could not cast the other one after it, in words; null if it could.</summary>
    public static string? Contradiction(VoteStack before, VoteStack after)
    {
        if (after.LastSlot <= before.LastSlot)
        {
            return "it is not newer";
        }

        // Every vote of the older stack is settled in the newer one, is in it, or had run out before the vote that stands in its place.
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
