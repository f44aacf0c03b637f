using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>Who is who on the simulated chain.</summary>
internal sealed record ChainIdentities
{
    /// <summary>The identity that our vote account names as its node, and that may vote for it.</summary>
    public required Pubkey Staked { get; init; }

    public required Pubkey VoteAccount { get; init; }

    /// <summary>The node with 95 % of the stake that nobody touches.</summary>
    public required Pubkey Big { get; init; }

    public required Pubkey BigVoteAccount { get; init; }
}
