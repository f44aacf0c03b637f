namespace Tachyon.Failover.Cluster;

/// <summary>An account, as far as a failover asks about it (<c>getAccountInfo</c>).</summary>
public sealed class AccountInfo
{
    /// <summary>Its balance in lamports.</summary>
    public required ulong Lamports { get; init; }

    /// <summary>The program that owns it.</summary>
    public required Pubkey Owner { get; init; }

    /// <summary>Whether it is the account of a feature that is active on the chain.</summary>
    internal bool IsActiveFeature { get; init; }

    /// <summary>Its vote state, if it is a vote account; null if it is not.</summary>
    public VoteState? Vote { get; init; }
}
