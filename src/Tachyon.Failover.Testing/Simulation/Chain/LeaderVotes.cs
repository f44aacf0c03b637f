namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>The votes that wait at the leader for a block. It keeps only the newest of each account.</summary>
/// <remarks>
/// A real leader does not touch a vote whose newest slot is not on the fork that it builds on: such a vote waits for a block of its
/// own fork and is never refused (<c>drain_unprocessed</c>). It reads the newest slot only: a vote with an orphaned slot further
/// down is packed, and the vote program refuses it.
/// </remarks>
internal sealed class LeaderVotes
{
    private readonly List<SentVote> _waiting = [];
    private readonly List<SentVote> _forOrphans = [];

    /// <summary>Adds an arrived vote.</summary>
    /// <param name="vote">The vote.</param>
    /// <param name="isForOrphan">Whether its newest slot is not on the main fork.</param>
    public void Add(SentVote vote, bool isForOrphan)
    {
        // The simulation makes each block at once, at its end. A real leader has packed the earlier vote long before a vote for
        // another fork arrives, so these two do not displace each other.
        var votes = isForOrphan ? _forOrphans : _waiting;
        if (votes.Exists(other => other.Slot > vote.Slot))
        {
            return;
        }

        votes.RemoveAll(other => other.Slot < vote.Slot);
        votes.Add(vote);
    }

    /// <summary>Takes the votes that came in time for a block of the main fork.</summary>
    public List<SentVote> Take(DateTimeOffset latest)
    {
        var taken = _waiting.FindAll(vote => vote.ArrivedAt <= latest);
        _waiting.RemoveAll(taken.Contains);
        return taken;
    }

    /// <summary>The votes that came in time for an orphaned block. They stay: the main fork needs them as well.</summary>
    public List<SentVote> Peek(DateTimeOffset latest, Func<ulong, bool> isAncestor) =>
        [.. _waiting.Concat(_forOrphans).Where(vote => vote.ArrivedAt <= latest && isAncestor(vote.Slot))];
}
