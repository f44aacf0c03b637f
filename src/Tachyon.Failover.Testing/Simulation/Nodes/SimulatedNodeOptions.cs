namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>The options of a simulated machine.</summary>
internal sealed record SimulatedNodeOptions
{
    public required string Name { get; init; }

    /// <summary>The target of its identity link at the beginning.</summary>
    public required IdentityRole StartsAs { get; init; }
}
