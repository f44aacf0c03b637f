namespace Tachyon.Failover.Hosts;

/// <summary>A guard's newest sign of life. Immutable.</summary>
public sealed record GuardBeat
{
    /// <summary>How old it was when it was read, by the node's own uptime: nobody can set that, and it goes on while a machine is suspended.</summary>
    public required TimeSpan Age { get; init; }
}
