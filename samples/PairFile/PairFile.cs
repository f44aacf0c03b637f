namespace Tachyon.Failover.Pairs;

/// <summary>A pair file that was read and has no error.</summary>
internal sealed record PairFile
{
    public required string Path { get; init; }

    public required Pubkey Identity { get; init; }

    /// <summary>An RPC node that is neither of the two; null for the nodes' own.</summary>
    public required Uri? Cluster { get; init; }

    /// <summary>More RPC nodes that see whether votes land.</summary>
    public required IReadOnlyList<Uri> Witnesses { get; init; }

    public required string Journal { get; init; }

    /// <summary>The file that announces a silence.</summary>
    public required string Pause { get; init; }

    public required NodeSettings First { get; init; }

    public required NodeSettings Second { get; init; }

    /// <summary>All options but the journal.</summary>
    public required FailoverOptions Options { get; init; }

    public required DaemonSettings Daemon { get; init; }

    /// <summary>Whether every user of this machine may write the file, with its hooks and its stop commands.</summary>
    public bool IsOpenToAll { get; init; }

    /// <summary>Notes for the reader of the file, a sentence each. The file is usable.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Why too few RPC nodes could ever see a silence; null if enough can. The inactive node's own RPC counts.</summary>
    public string? WhyTooFewWitnesses => WitnessCount < Daemon.Monitor.Rules.MinimumWitnesses
        ? $"daemon.monitor.minimumWitnesses is {Daemon.Monitor.Rules.MinimumWitnesses}, and the file names {WitnessCount}, the inactive node's own RPC included: no node would ever count as lost. Name a JSON-RPC in cluster, or more in witnesses"
        : null;

    private int WitnessCount => (Cluster is null ? 0 : 1) + Witnesses.Count + 1;
}
