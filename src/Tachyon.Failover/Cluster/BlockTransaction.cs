namespace Tachyon.Failover.Cluster;

/// <summary>A transaction in a block.</summary>
public sealed class BlockTransaction
{
    /// <summary>The accounts that signed it; the first paid for it.</summary>
    public required IReadOnlyList<Pubkey> Signers { get; init; }

    /// <summary>All accounts that it names, signers included.</summary>
    public required IReadOnlyList<Pubkey> Accounts { get; init; }

    /// <summary>Whether it failed.</summary>
    public required bool Failed { get; init; }

    /// <summary>The custom error of the program that failed (for the vote program 0 is VoteTooOld, 6 LockoutConflict); null if it
    /// succeeded or failed otherwise.</summary>
    public uint? CustomError { get; init; }
}
