using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Hosts;

/// <summary>What a look at a node's set-up shows. A part that could not be looked at is null; where something is not as it must be, <see cref="Problems"/> says so.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ValidatorInspection
{
    /// <summary>What <c>--version</c> of the program in the settings prints, for example <c>tachyon-validator 2.2.15 (src:…; feat:…, client:Tachyon)</c>.</summary>
    public string? Version { get; init; }

    /// <summary>The public half of the staked keypair file. The private half never leaves the host.</summary>
    public Pubkey? StakedIdentity { get; init; }

    /// <summary>The public half of the unstaked keypair file.</summary>
    public Pubkey? UnstakedIdentity { get; init; }

    /// <summary>
    /// The validators that can be seen to run on the node, as they were started, also those of other ledgers; empty if there is none or they are hidden
    /// from the user (<c>hidepid</c>). Null if processes cannot be looked at.
    /// </summary>
    public IReadOnlyList<StartCommand>? Processes { get; init; }

    /// <summary>
    /// Which folder of which machine the ledger is: two nodes that give the same one are one node. Of the machine's boot and the folder's inode on Linux.
    /// </summary>
    public string? LedgerPlace { get; init; }

    /// <summary>How long the node's machine has run; null if it does not say. What was not forced onto its disk before may be lost.</summary>
    public TimeSpan? Uptime { get; init; }

    /// <summary>Whether another coordinator holds the node's lock; the one that asks does not count.</summary>
    public bool? IsLocked { get; init; }

    /// <summary>Who that is, as it called itself; null if nobody holds the lock, or it is not known who.</summary>
    public string? LockHolder { get; init; }

    /// <summary>The node's clock when the look began.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>The node's clock when the look ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What is not as it must be, all of it at once.</summary>
    public IReadOnlyList<SetupProblem> Problems { get; init; } = [];

    /// <summary>The running validator of the ledger in the settings; null if none can be seen.</summary>
    public StartCommand? Process => Processes?.FirstOrDefault(process => process.Ledger is { IsAsInSettings: true });
}
