namespace Tachyon.Failover.Cluster;

/// <summary>The state of a vote account, as far as a failover needs it.</summary>
public sealed class VoteState
{
    /// <summary>The identity that it names as its node.</summary>
    public required Pubkey Node { get; init; }

    /// <summary>Its authorized voters: that of the current epoch, and those set for later ones. Ascending by epoch.</summary>
    public required IReadOnlyList<AuthorizedVoter> AuthorizedVoters { get; init; }

    /// <summary>The voter of an epoch: the last one set for it or an earlier one; null if there is none so early.</summary>
    public Pubkey? VoterOf(ulong epoch) => AuthorizedVoters.LastOrDefault(voter => voter.Epoch <= epoch)?.Voter;
}
