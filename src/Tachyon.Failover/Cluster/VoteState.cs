using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Cluster;

/// <summary>What a vote account holds, as far as a failover asks about it.</summary>
public sealed record VoteState
{
    /// <summary>The identity that it names as its node.</summary>
    public required Pubkey Node { get; init; }

    /// <summary>Its authorized voters: that of the current epoch, and those that were set for later ones. Ascending by epoch.</summary>
    public required IReadOnlyList<AuthorizedVoter> AuthorizedVoters { get; init; }

    /// <summary>The voter of an epoch: the last one that was set for it or an earlier one; null if the account names none so early.</summary>
    public Pubkey? VoterOf(ulong epoch) => AuthorizedVoters.LastOrDefault(voter => voter.Epoch <= epoch)?.Voter;
}
