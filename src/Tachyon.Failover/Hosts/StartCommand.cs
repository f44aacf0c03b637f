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

    /// <summary><c>--vote-account</c>: an address, or a keypair file whose key is the address. Without it the validator does not vote.</summary>
    public StartPath? VoteAccount { get; init; }

    /// <summary><c>--tower-storage</c>: where the towers are kept; <c>file</c> if it is not there.</summary>
    public string? TowerStorage { get; init; }

    /// <summary>Those of <c>--no-voting</c> and <c>--restricted-repair-only-mode</c> that are there: with either of them the validator does not vote.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>The folder of its towers: <c>--tower</c>, or the ledger if that is not there.</summary>
    public StartPath? TowerFolder { get; init; }
}
