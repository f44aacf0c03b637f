namespace Tachyon.Failover.Nodes;

/// <summary>How a running validator was started, according to its command line. It decides what the validator runs after a restart.</summary>
/// <remarks>An option that is absent is null. Who has made one does not change it after giving it away.</remarks>
public sealed class StartCommand
{
    /// <summary>The process id.</summary>
    public required int ProcessId { get; set; }

    /// <summary><c>--ledger</c>.</summary>
    public StartPath? Ledger { get; set; }

    /// <summary><c>--identity</c>.</summary>
    public StartPath? Identity { get; set; }

    /// <summary><c>--authorized-voter</c>, every occurrence.</summary>
    public IReadOnlyList<StartPath> AuthorizedVoters { get; set; } = [];

    /// <summary><c>--vote-account</c>: an address, or a keypair file whose key is the address. Without it the validator does not vote.</summary>
    public StartPath? VoteAccount { get; set; }

    /// <summary><c>--tower-storage</c>: where the towers are kept; <c>file</c> if it is absent.</summary>
    public string? TowerStorage { get; set; }

    /// <summary>Those of <c>--no-voting</c> and <c>--restricted-repair-only-mode</c> that are present: with either of them the validator does not vote.</summary>
    public IReadOnlyList<string> Flags { get; set; } = [];

    /// <summary><c>--no-wait-for-vote-to-start-leader</c>: it does not skip its leader slots after it has taken an identity.</summary>
    internal bool LeadsAtOnce { get; set; }

    /// <summary>The folder of its towers: <c>--tower</c>, or the ledger if that is absent.</summary>
    public StartPath? TowerFolder { get; set; }
}
