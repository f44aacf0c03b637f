namespace Tachyon.Failover.Testing.Simulation.Judge;

/// <summary>The state of a node at a moment, as far as it matters to who can vote.</summary>
internal readonly record struct NodeState(bool HasProcess, bool RunsStaked, bool HasVoters, bool CanVote, IdentityRole? Link)
{
    public static NodeState Of(SimulatedNode node) =>
        new(node.Process is not null, node.RunsStaked, node.Process?.HasAuthorizedVoter == true, node.CanVote, node.Link);
}
