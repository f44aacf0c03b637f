using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>The effect of a lost node's votes on those of the active node.</summary>
internal static class LostVotes
{
    /// <summary>
    /// Whether a vote was refused because of the votes of a node with a pending demotion that came back. Those have landed, and the other node's tower cannot hold them, or has an older root. Its votes are refused until its
    /// own are rooted (validator.md, "What a wrong tower does"). The vote's line shows whether the tower was the right one.
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
