using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Rehearsal;

/// <summary>The options of the command line.</summary>
internal sealed record RehearsalOptions
{
    /// <summary>The SSH client for the nodes; null for local shells.</summary>
    public required SshClientKind? Ssh { get; init; }

    /// <summary>The client that the stand-ins behave as.</summary>
    public required StandInClient Client { get; init; }

    /// <summary>The time to each host and back, over SSH.</summary>
    public required TimeSpan RoundTrip { get; init; }

    public required bool ByGuide { get; init; }

    /// <summary>How long the guide's script waits between the demotion and the copy.</summary>
    public required TimeSpan Pause { get; init; }

    public required bool AsJson { get; init; }

    /// <summary>The file for the picture of the last switchover; null for none.</summary>
    public required FileInfo? Picture { get; init; }

    public required int Count { get; init; }

    public required ulong Seed { get; init; }
}
