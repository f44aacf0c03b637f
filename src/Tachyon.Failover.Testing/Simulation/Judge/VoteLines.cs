using Tachyon.Failover.Testing.Simulation.Chain;

namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>
/// The votes of an account, in the order in which they were signed, as lines that one validator each could have cast that never forgot anything. A new line begins only where no coordinator could
/// have kept to the old one.
/// </summary>
internal static class VoteLines
{
    /// <param name="votes">The votes that are judged, in the order of signing.</param>
    /// <param name="begunAnew">Those of them with which a validator went on that had lost its tower.</param>
    /// <param name="ofLostNodes">The votes that are not judged.</param>
    public static List<List<SentVote>> Of(IReadOnlyList<SentVote> votes, IReadOnlyCollection<SentVote> begunAnew, IReadOnlyList<SentVote> ofLostNodes)
    {
        var lines = new List<List<SentVote>>();
        SentVote? before = null;
        foreach (var vote in votes)
        {
            if (before is null || begunAnew.Contains(vote) || GoesOnFromLostVotes(before, vote, ofLostNodes))
            {
                lines.Add([]);
            }

            lines[^1].Add(vote);
            before = vote;
        }

        return lines;
    }

    /// <summary>
    /// An owed node that came back votes beside the active one until one of them dies, and its votes land. Where they are newer than what the active one has voted for, its replay takes the account's
    /// state for its own (validator.md, "What a wrong tower does"), whatever tower it had: what it voted for unseen is forgotten. So it is only if the vote follows from such votes, they have landed
    /// before it was signed, and the tower that should have been used has none as new.
    /// </summary>
    private static bool GoesOnFromLostVotes(SentVote before, SentVote vote, IReadOnlyList<SentVote> ofLostNodes) =>
        TowerContinuity.Contradiction(before.Stack, vote.Stack) is not null
        && ofLostNodes.Any(lost =>
            lost.Landed
            && lost.BlockAt < vote.SignedAt
            && lost.Slot > before.Slot
            && TowerContinuity.Contradiction(lost.Stack, vote.Stack) is null);
}
