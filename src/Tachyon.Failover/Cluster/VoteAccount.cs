namespace Tachyon.Failover.Cluster;

/// <summary>A vote account (<c>getVoteAccounts</c>).</summary>
public sealed class VoteAccount
{
    /// <summary>The account's own pubkey.</summary>
    public required Pubkey Address { get; set; }

    /// <summary>The identity that it names as its node: the staked identity.</summary>
    public required Pubkey Node { get; set; }

    /// <summary>The stake in lamports that is active in this epoch.</summary>
    public required ulong ActivatedStake { get; set; }

    /// <summary>The newest slot for which a vote has landed; 0 if none has.</summary>
    public required ulong LastVote { get; set; }

    /// <summary>The root of the account; 0 if it has none.</summary>
    public required ulong RootSlot { get; set; }

    /// <summary>Whether the cluster counts it as delinquent (no vote landed for 128 slots).</summary>
    public required bool IsDelinquent { get; set; }

    /// <summary>Credits up to the newest epoch that the account lists; 0 if it lists none.</summary>
    public required ulong Credits { get; set; }
}
