using System.Collections.Immutable;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Simulation.Votes;

/// <summary>The votes of a tower and its root. A vote transaction carries the whole stack; a validator keeps and saves it.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record VoteStack(ImmutableArray<TowerVote> Votes, ulong? Root)
{
    /// <summary>The maximum number of votes. The next vote roots the oldest.</summary>
    public const int MaxVotes = 31;

    public static VoteStack Empty { get; } = new(ImmutableArray<TowerVote>.Empty, Root: null);

    public ulong? LastSlot => Votes.IsEmpty ? null : Votes[^1].Slot;

    /// <summary>The newest slot in which a vote still locks out other forks.</summary>
    public static ulong LastLockedOutSlot(ulong slot, int confirmations) => slot + (1UL << Math.Min(confirmations, MaxVotes));

    /// <summary>
    /// Votes for a slot: removes expired votes, roots the oldest of 31, and raises a vote's
    /// confirmation count when the stack above it is higher than its count.
    /// </summary>
    public VoteStack With(ulong slot)
    {
        if (LastSlot >= slot)
        {
            return this;
        }

        var kept = Votes.Length;
        while (kept > 0 && LastLockedOutSlot(Votes[kept - 1].Slot, Votes[kept - 1].ConfirmationCount) < slot)
        {
            kept--;
        }

        var root = Root;
        var first = 0;
        if (kept == MaxVotes)
        {
            root = Votes[0].Slot;
            first = 1;
        }

        var depth = kept - first + 1;
        var votes = ImmutableArray.CreateBuilder<TowerVote>(depth);
        for (var i = first; i < kept; i++)
        {
            var vote = Votes[i];
            var grows = depth > i - first + vote.ConfirmationCount;
            votes.Add(grows ? vote with { ConfirmationCount = vote.ConfirmationCount + 1 } : vote);
        }

        votes.Add(new TowerVote(slot, 1));
        return new VoteStack(votes.MoveToImmutable(), root);
    }

    /// <summary>The stack of a node with this root, without the votes at or below it.</summary>
    public VoteStack Above(ulong root) =>
        new(Votes.RemoveAll(vote => vote.Slot <= root), root);
}
