namespace Tachyon.Failover.Nodes;

/// <summary>What an inspection shows of a node's set-up. A part that could not be read is null; <see cref="Problems"/> lists what must be corrected.</summary>
/// <remarks>Immutable.</remarks>
public sealed class ValidatorInspection
{
    /// <summary>The output of <c>--version</c> of the program in the settings, for example <c>tachyon-validator 2.2.15 (src:…; feat:…, client:Tachyon)</c>.</summary>
    public string? Version { get; set; }

    /// <summary>The file of the program in the settings; null if the host names none.</summary>
    internal string? ProgramFile { get; set; }

    /// <summary>The first line that the program printed for <c>--version</c>, also if it is no validator's; null if the host has none.</summary>
    internal string? ProgramSaid { get; set; }

    /// <summary>The identities whose vote history in the ledger is newer than their tower. Alpenglow writes the one and no longer the other.</summary>
    internal IReadOnlyList<Pubkey> NewerVoteHistories { get; set; } = [];

    /// <summary>The public half of the staked keypair file. The private half never leaves the host.</summary>
    public Pubkey? StakedIdentity { get; set; }

    /// <summary>The public half of the unstaked keypair file.</summary>
    public Pubkey? UnstakedIdentity { get; set; }

    /// <summary>
    /// The public halves of the voters' keypair files in the settings, which <see cref="IValidatorHost.AddAuthorizedVotersAsync"/> adds. Null if one of them could not be read.
    /// </summary>
    public IReadOnlyList<Pubkey>? AuthorizedVoters { get; set; }

    /// <summary>
    /// The visible validators on the node, as they were started, also those of other ledgers; empty if there is none or they are hidden
    /// from the user (<c>hidepid</c>). Null if processes cannot be read.
    /// </summary>
    public IReadOnlyList<StartCommand>? Processes { get; set; }

    /// <summary>
    /// Identifies the ledger's folder and machine: two nodes with the same value are one node. On Linux, the machine's boot id and the folder's inode.
    /// </summary>
    public string? LedgerPlace { get; set; }

    /// <summary>The uptime of the node's machine; null if unknown. Earlier writes without a sync may be lost.</summary>
    public TimeSpan? Uptime { get; set; }

    /// <summary>Whether another coordinator holds the node's lock; the caller's own lock does not count.</summary>
    public bool? IsLocked { get; set; }

    /// <summary>The holder, as it names itself; null if the lock is free, or its holder is unknown.</summary>
    public string? LockHolder { get; set; }

    /// <summary>The node's clock at the begin of the inspection.</summary>
    public DateTimeOffset? Began { get; set; }

    /// <summary>The node's clock at the end of the inspection.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>All problems that were found.</summary>
    public IReadOnlyList<SetupProblem> Problems { get; set; } = [];

    /// <summary>The running validator of the ledger in the settings; null if none is visible.</summary>
    public StartCommand? Process => Processes?.FirstOrDefault(process => process.Ledger is { IsAsInSettings: true });
}
