namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>The identities on the simulated chain.</summary>
internal sealed record ChainIdentities
{
    /// <summary>The identity that our vote account names as its node, and as its authorized voter.</summary>
    public required Pubkey Staked { get; init; }

    public required Pubkey VoteAccount { get; init; }

    /// <summary>The node with 95 % of the stake. No fault affects it.</summary>
    public required Pubkey Big { get; init; }

    public required Pubkey BigVoteAccount { get; init; }
}
