using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>Makes banks: the parent's state, with the votes of the block taken or refused, and the big node's vote.</summary>
internal sealed class BlockMaker(ChainOptions options)
{
    private VoteStack _bigStack = VoteStack.Empty;

    /// <summary>One that goes on after a history.</summary>
    public BlockMaker(ChainOptions options, ChainHistory history)
        : this(options) => _bigStack = history.BigStack;

    /// <summary>The big node's votes so far.</summary>
    public VoteStack BigStack => _bigStack;

    /// <summary>Makes a block.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="end">When it is complete.</param>
    /// <param name="parent">The block before it; none before the first.</param>
    /// <param name="nextLeader">Who makes the next block.</param>
    /// <param name="votes">Our votes in it. What became of one is said by the main fork, so an orphan notes nothing.</param>
    /// <param name="isAncestor">Whether a slot has a block on the fork.</param>
    /// <param name="isOrphan">Whether the chain will not go on from it. The big node votes for no such block.</param>
    public Bank Make(
        ulong slot, DateTimeOffset end, Bank? parent, Pubkey nextLeader, IReadOnlyList<SentVote> votes, Func<ulong, bool> isAncestor, bool isOrphan = false)
    {
        var epoch = slot / options.SlotsPerEpoch;
        var account = parent?.VoteAccount ?? VoteAccountState.Empty;
        foreach (var vote in votes)
        {
            (var error, account) = VoteProgram.Apply(account, vote.Stack, slot, epoch, isAncestor);
            if (!isOrphan)
            {
                (vote.Error, vote.BlockSlot, vote.BlockAt) = (error, slot, end);
            }
        }

        var big = parent?.BigVoteAccount ?? VoteAccountState.Empty;
        if (parent is { IsOrphan: false })
        {
            _bigStack = _bigStack.With(parent.Slot);
            big = VoteProgram.Apply(big, _bigStack, slot, epoch, isAncestor).Account;
        }

        return new Bank
        {
            Slot = slot,
            ParentSlot = parent?.Slot ?? slot - 1,
            Height = parent is null ? slot - (slot / 100) : parent.Height + 1,
            NextLeader = nextLeader,
            Root = big.Root ?? options.FirstSlot,
            CompletedAt = end,
            VoteAccount = account,
            BigVoteAccount = big,
            Votes = votes,
            IsOrphan = isOrphan,
        };
    }
}
