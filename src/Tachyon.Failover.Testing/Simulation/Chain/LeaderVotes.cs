namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>The votes that wait at the leader for a block. Of one account it keeps only the newest.</summary>
/// <remarks>
/// A real leader does not touch a vote whose newest slot is not on the fork that it builds on: such a vote waits for a block of its
/// own fork and is never refused (<c>drain_unprocessed</c>). It looks at the newest slot only: a vote with an orphaned slot further
/// down is packed, and the vote program refuses it.
/// </remarks>
internal sealed class LeaderVotes
{
    private readonly List<SentVote> _waiting = [];
    private readonly List<SentVote> _forOrphans = [];

    /// <summary>A vote has arrived.</summary>
    /// <param name="vote">The vote.</param>
    /// <param name="isForOrphan">Whether its newest slot is not on the main fork.</param>
    public void Add(SentVote vote, bool isForOrphan)
    {
        // Blocks are made in one go here, at their end. A real leader has long packed the vote that was there before one for
        // another fork came, so those two do not displace each other.
        var votes = isForOrphan ? _forOrphans : _waiting;
        if (votes.Exists(other => other.Slot > vote.Slot))
        {
            return;
        }

        votes.RemoveAll(other => other.Slot < vote.Slot);
        votes.Add(vote);
    }

    /// <summary>Takes what came in time for a block of the main fork.</summary>
    public List<SentVote> Take(DateTimeOffset latest)
    {
        var taken = _waiting.FindAll(vote => vote.ArrivedAt <= latest);
        _waiting.RemoveAll(taken.Contains);
        return taken;
    }

    /// <summary>What came in time for a block that is orphaned. It stays: the main fork wants it as well.</summary>
    public List<SentVote> Peek(DateTimeOffset latest, Func<ulong, bool> isAncestor) =>
        [.. _waiting.Concat(_forOrphans).Where(vote => vote.ArrivedAt <= latest && isAncestor(vote.Slot))];
}
