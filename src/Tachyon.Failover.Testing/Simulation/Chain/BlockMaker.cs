using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>Makes banks: applies the votes of the block to the parent's state, and adds the big node's vote.</summary>
internal sealed class BlockMaker(ChainOptions options)
{
    private VoteStack _bigStack = VoteStack.Empty;

    /// <summary>Creates a block maker that continues after a history.</summary>
    public BlockMaker(ChainOptions options, ChainHistory history)
        : this(options) => _bigStack = history.BigStack;

    /// <summary>The big node's votes so far.</summary>
    public VoteStack BigStack => _bigStack;

    /// <summary>Makes a block.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="end">When the block is complete.</param>
    /// <param name="parent">The block before it; null for the first.</param>
    /// <param name="nextLeader">The leader of the next block.</param>
    /// <param name="votes">Our votes in it. Only the main fork records the fate of a vote; an orphan records nothing.</param>
    /// <param name="isAncestor">Whether a slot has a block on the fork.</param>
    /// <param name="isOrphan">Whether the chain does not continue from it. The big node does not vote for such a block.</param>
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
