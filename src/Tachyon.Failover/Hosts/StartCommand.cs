namespace Tachyon.Failover.Hosts;

/// <summary>How a running validator was started, as far as its command line shows: it decides what a restart brings back.</summary>
/// <remarks>An option that is not there is null. Immutable.</remarks>
public sealed record StartCommand
{
    /// <summary>The process.</summary>
    public required int ProcessId { get; init; }

    /// <summary><c>--ledger</c>.</summary>
    public StartPath? Ledger { get; init; }

    /// <summary><c>--identity</c>.</summary>
    public StartPath? Identity { get; init; }

    /// <summary><c>--authorized-voter</c>, each time that it is there.</summary>
    public IReadOnlyList<StartPath> AuthorizedVoters { get; init; } = [];

    /// <summary>The folder of its towers: <c>--tower</c>, or the ledger if that is not there.</summary>
    public StartPath? TowerFolder { get; init; }
}
