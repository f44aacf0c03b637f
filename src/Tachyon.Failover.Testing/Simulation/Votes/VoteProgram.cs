using System.Collections.Immutable;

namespace Tachyon.Failover.Testing.Simulation.Votes;

/// <summary>
/// The rules by which the chain takes or refuses a vote with a whole stack. They do not mention failovers. Still, they explain why a
/// missing last vote costs 31 refused votes.
/// </summary>
internal static class VoteProgram
{
    /// <summary>A vote that landed within this many slots earns full credits.</summary>
    private const int GraceSlots = 2;
    private const int MaxCredits = 16;

    /// <summary>Applies a vote in a block.</summary>
    /// <param name="account">The account before it.</param>
    /// <param name="vote">The stack in the vote.</param>
    /// <param name="blockSlot">The slot of the block in which the vote lands.</param>
    /// <param name="epoch">Its epoch.</param>
    /// <param name="isAncestor">Whether a slot has a block on this fork.</param>
    public static (VoteError? Error, VoteAccountState Account) Apply(
        VoteAccountState account, VoteStack vote, ulong blockSlot, ulong epoch, Func<ulong, bool> isAncestor) =>
        (CheckAgainstLedger(account, vote, isAncestor) ?? CheckShape(account, vote) ?? CheckLockouts(account, vote)) is { } error
            ? (error, account)
            : (null, Take(account, vote, blockSlot, epoch));

    private static VoteError? CheckAgainstLedger(VoteAccountState account, VoteStack vote, Func<ulong, bool> isAncestor)
    {
        if (vote.LastSlot is not { } last)
        {
            return VoteError.EmptySlots;
        }

        if (last <= account.LastSlot)
        {
            return VoteError.VoteTooOld;
        }

        if (vote.Root is { } root && !isAncestor(root))
        {
            return VoteError.RootOnDifferentFork;
        }

        foreach (var entry in vote.Votes)
        {
            if (!isAncestor(entry.Slot))
            {
                return VoteError.SlotsMismatch;
            }
        }

        return null;
    }

    private static VoteError? CheckShape(VoteAccountState account, VoteStack vote)
    {
        if (vote.Votes.Length > VoteStack.MaxVotes)
        {
            return VoteError.TooManyVotes;
        }

        if (account.Root is { } before && !(vote.Root >= before))
        {
            return VoteError.RootRollBack;
        }

        for (var i = 0; i < vote.Votes.Length; i++)
        {
            var entry = vote.Votes[i];
            if (entry.ConfirmationCount == 0)
            {
                return VoteError.ZeroConfirmations;
            }

            if (entry.ConfirmationCount > VoteStack.MaxVotes)
            {
                return VoteError.ConfirmationTooLarge;
            }

            if (vote.Root is > 0 && entry.Slot <= vote.Root)
            {
                return VoteError.SlotSmallerThanRoot;
            }

            if (i == 0)
            {
                continue;
            }

            var below = vote.Votes[i - 1];
            if (below.Slot >= entry.Slot)
            {
                return VoteError.SlotsNotOrdered;
            }

            if (below.ConfirmationCount <= entry.ConfirmationCount)
            {
                return VoteError.ConfirmationsNotOrdered;
            }

            if (entry.Slot > VoteStack.LastLockedOutSlot(below.Slot, below.ConfirmationCount))
            {
                return VoteError.NewVoteStateLockoutMismatch;
            }
        }

        return null;
    }

    /// <summary>The new stack must have rooted every vote that it lacks, or the vote must have expired before the vote above it.</summary>
    private static VoteError? CheckLockouts(VoteAccountState account, VoteStack vote)
    {
        var current = FirstAbove(account, vote.Root);
        var proposed = 0;
        while (current < account.Votes.Length && proposed < vote.Votes.Length)
        {
            var mine = account.Votes[current];
            var theirs = vote.Votes[proposed];
            if (mine.Slot < theirs.Slot)
            {
                if (VoteStack.LastLockedOutSlot(mine.Slot, mine.ConfirmationCount) >= theirs.Slot)
                {
                    return VoteError.LockoutConflict;
                }

                current++;
            }
            else if (mine.Slot == theirs.Slot)
            {
                if (theirs.ConfirmationCount < mine.ConfirmationCount)
                {
                    return VoteError.ConfirmationRollBack;
                }

                current++;
                proposed++;
            }
            else
            {
                proposed++;
            }
        }

        return null;
    }

    private static VoteAccountState Take(VoteAccountState account, VoteStack vote, ulong blockSlot, ulong epoch)
    {
        var rooted = FirstAbove(account, vote.Root);
        var credits = 0UL;
        for (var i = 0; i < rooted; i++)
        {
            credits += CreditsFor(account.Votes[i].Latency);
        }

        var votes = ImmutableArray.CreateBuilder<LandedVote>(vote.Votes.Length);
        var old = rooted;
        foreach (var entry in vote.Votes)
        {
            while (old < account.Votes.Length && account.Votes[old].Slot < entry.Slot)
            {
                old++;
            }

            var latency = old < account.Votes.Length && account.Votes[old].Slot == entry.Slot
                ? account.Votes[old].Latency
                : (int)Math.Min(blockSlot - entry.Slot, byte.MaxValue);
            votes.Add(new LandedVote(entry.Slot, entry.ConfirmationCount, latency));
        }

        var taken = account with { Votes = votes.MoveToImmutable(), Root = vote.Root };
        return credits > 0 ? taken.Earn(epoch, credits) : taken;
    }

    private static int FirstAbove(VoteAccountState account, ulong? root)
    {
        var index = 0;
        while (root is not null && index < account.Votes.Length && account.Votes[index].Slot <= root)
        {
            index++;
        }

        return index;
    }

    private static ulong CreditsFor(int latency) => (ulong)Math.Clamp(MaxCredits + GraceSlots - latency, 1, MaxCredits);
}
