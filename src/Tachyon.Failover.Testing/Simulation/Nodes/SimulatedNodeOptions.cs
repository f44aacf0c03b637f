using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>How a simulated machine is set up.</summary>
internal sealed record SimulatedNodeOptions
{
    public required string Name { get; init; }

    /// <summary>Where its identity link points when the story begins.</summary>
    public required IdentityRole StartsAs { get; init; }
}
