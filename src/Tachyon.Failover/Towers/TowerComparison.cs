namespace Tachyon.Failover.Towers;

/// <summary>Compares two towers of one identity: whether one extends the other.</summary>
/// <remarks>Pure; any thread.</remarks>
internal static class TowerComparison
{
    /// <summary>The relation of <paramref name="tower"/> to <paramref name="other"/>.</summary>
    /// <remarks>
    /// A tower holds at most 31 votes. Votes at or below the root of the newer one can no longer be compared, so towers
    /// far apart are compared by their slots alone. Times and signatures do not count.
    /// </remarks>
    /// <exception cref="ArgumentException">They are of two identities.</exception>
    public static TowerRelation Compare(Tower tower, Tower other)
    {
        ArgumentNullException.ThrowIfNull(tower);
        ArgumentNullException.ThrowIfNull(other);
        if (!tower.Node.Equals(other.Node))
        {
            throw new ArgumentException($"The towers are of two identities: {tower.Node} and {other.Node}.", nameof(other));
        }

        if (Extends(tower, other))
        {
            return TowerRelation.Newer;
        }

        if (Extends(other, tower))
        {
            return TowerRelation.Older;
        }

        // Two blocks can have one slot; only the hash shows which of them was voted for.
        return tower.Root == other.Root
            && tower.Votes.SequenceEqual(other.Votes)
            && tower.LastVote.Hash.Span.SequenceEqual(other.LastVote.Hash.Span)
            ? TowerRelation.Same
            : TowerRelation.Diverged;
    }

    private static bool Extends(Tower newer, Tower older)
    {
        if (older.LastVotedSlot is not { } last)
        {
            return newer.LastVotedSlot is not null && IsAtLeast(newer.Root, older.Root);
        }

        if (newer.LastVotedSlot is not { } newest || newest <= last || !IsAtLeast(newer.Root, older.Root))
        {
            return false;
        }

        // Votes that the newer tower has rooted no longer bind and are not remembered.
        var rooted = 0;
        while (rooted < older.Votes.Count && older.Votes[rooted].Slot <= newer.Root)
        {
            rooted++;
        }

        // A stack changes only at its top: both begin with their common votes, whose confirmations only increase.
        var shared = 0;
        while (rooted + shared < older.Votes.Count && IsGrownFrom(newer.Votes[shared], older.Votes[rooted + shared]))
        {
            shared++;
        }

        // The newer tower has at least one vote more, because its newest is not in the older one. Every vote that is not shared must have
        // expired by the first of those. So that one is also later than all votes of the older tower.
        var first = newer.Votes[shared].Slot;
        for (var i = rooted + shared; i < older.Votes.Count; i++)
        {
            if (first <= older.Votes[i].LastLockedSlot)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsGrownFrom(TowerVote vote, TowerVote before) =>
        vote.Slot == before.Slot && vote.ConfirmationCount >= before.ConfirmationCount;

    private static bool IsAtLeast(ulong? root, ulong? olderRoot) => olderRoot is null || root >= olderRoot;
}
