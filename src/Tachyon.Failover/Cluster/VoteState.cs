namespace Tachyon.Failover.Cluster;

/// <summary>The state of a vote account, as far as a failover needs it.</summary>
public sealed class VoteState
{
    /// <summary>The identity that it names as its node.</summary>
    public required Pubkey Node { get; init; }

    /// <summary>Its authorized voters, by the first epoch for which each is valid: that of the current epoch, and those set for later ones.</summary>
    public required IReadOnlyDictionary<ulong, Pubkey> AuthorizedVoters { get; init; }

    /// <summary>How many votes it holds; null if unknown.</summary>
    internal int? Votes { get; init; }

    /// <summary>Whether it has a root.</summary>
    internal bool HasRoot { get; init; }

    /// <summary>The voter of an epoch: the last one set for it or an earlier one; null if there is none so early.</summary>
    public Pubkey? VoterOf(ulong epoch) => AuthorizedVoters.Where(voter => voter.Key <= epoch).OrderBy(static voter => voter.Key).LastOrDefault().Value;
}
