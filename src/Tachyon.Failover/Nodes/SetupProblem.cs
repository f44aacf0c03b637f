namespace Tachyon.Failover.Nodes;

/// <summary>A problem in a node's set-up.</summary>
public sealed class SetupProblem
{
    /// <summary>The part of the set-up.</summary>
    public required SetupAspect Aspect { get; init; }

    /// <summary>What was seen, with the path.</summary>
    public required string Seen { get; init; }

    /// <summary>What was expected.</summary>
    public required string Expected { get; init; }

    /// <summary>The command or the edit that corrects it.</summary>
    public required string Remedy { get; init; }
}
