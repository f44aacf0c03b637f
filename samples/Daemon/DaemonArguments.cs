namespace Tachyon.Failover.Daemon;

/// <summary>The parsed command line.</summary>
internal sealed record DaemonArguments
{
    public required string Pair { get; init; }

    /// <summary>Whether it may take over.</summary>
    public bool Enable { get; init; }

    /// <summary>The node that it guards, which is this machine; null to monitor.</summary>
    public string? Guard { get; init; }
}
