using Tachyon.Failover.Testing.Simulation.Chain;

namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>
/// Splits the votes of an account, in the order of signing, into lines that one validator each could have cast without forgetting a vote. A new line begins only where no coordinator could
/// have continued the old one.
/// </summary>
internal static class VoteLines
{
    /// <param name="votes">The votes that are judged, in the order of signing.</param>
    /// <param name="begunAnew">The votes among them with which a validator continued after it lost its tower.</param>
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
    /// A node with a pending demotion that came back votes beside the active one until one of them dies, and its votes land. Where they are newer than the active one's votes, the active one's replay takes over the account's
    /// state (validator.md, "What a wrong tower does"), with any tower: it forgets its own votes that have not landed. So this applies only if the vote follows from such votes, if they landed
    /// before it was signed, and if the right tower has none as new.
    /// </summary>
    private static bool GoesOnFromLostVotes(SentVote before, SentVote vote, IReadOnlyList<SentVote> ofLostNodes) =>
        TowerContinuity.Contradiction(before.Stack, vote.Stack) is not null
        && ofLostNodes.Any(lost =>
            lost.Landed
            && lost.BlockAt < vote.SignedAt
            && lost.Slot > before.Slot
            && TowerContinuity.Contradiction(lost.Stack, vote.Stack) is null);
}
