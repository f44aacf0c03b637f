namespace Tachyon.Failover.Benchmarks.Preflight;

/// <summary>What preflights over one shell at one distance took, in milliseconds.</summary>
internal sealed record PreflightRow
{
    public required double RoundTripMilliseconds { get; init; }

    public required ShellKind Shell { get; init; }

    public required int Runs { get; init; }

    /// <summary>With the connections made in the same call.</summary>
    public required double MedianConnecting { get; init; }

    public required double MostConnecting { get; init; }

    /// <summary>Over the same connections, right after.</summary>
    public required double MedianConnected { get; init; }

    public required double MostConnected { get; init; }
}
