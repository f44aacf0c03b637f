using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>What the votes of a lost node do to those of the active one.</summary>
internal static class LostVotes
{
    /// <summary>
    /// Whether a vote was refused because of what an owed node signed that came back: it has landed, and the other one's tower cannot hold it, or has not rooted as much. Its votes are refused until its
    /// own are rooted (validator.md, "What a wrong tower does"). Whether that tower was the right one shows in its line.
    /// </summary>
    /// <param name="refused">A vote that was refused.</param>
    /// <param name="ofLostNodes">The votes of nodes from which a takeover has taken the identity.</param>
    public static bool StandInTheWay(SentVote refused, IReadOnlyList<SentVote> ofLostNodes) => ofLostNodes.Any(lost =>
        lost.Landed
        && lost.BlockSlot <= refused.BlockSlot
        && refused.Error switch
        {
            VoteError.LockoutConflict => TowerContinuity.Contradiction(lost.Stack, refused.Stack) is not null,
            VoteError.RootRollBack => lost.Stack.Root is { } root && !(refused.Stack.Root >= root),
            _ => false,
        });
}
