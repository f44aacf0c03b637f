namespace Tachyon.Failover.Hosts;

/// <summary>Something on a node that is not as it must be.</summary>
public sealed record SetupProblem
{
    /// <summary>What it is about.</summary>
    public required SetupAspect Aspect { get; init; }

    /// <summary>What was seen, with the path.</summary>
    public required string Seen { get; init; }

    /// <summary>What was expected.</summary>
    public required string Expected { get; init; }

    /// <summary>The command or the edit that mends it.</summary>
    public required string Remedy { get; init; }
}
