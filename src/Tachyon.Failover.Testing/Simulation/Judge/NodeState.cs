using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>What a node was at a moment, as far as it makes a difference to who votes.</summary>
internal readonly record struct NodeState(bool HasProcess, bool RunsStaked, bool HasVoters, bool CanVote, IdentityRole? Link)
{
    public static NodeState Of(SimulatedNode node) =>
        new(node.Process is not null, node.RunsStaked, node.Process?.HasAuthorizedVoter == true, node.CanVote, node.Link);
}
