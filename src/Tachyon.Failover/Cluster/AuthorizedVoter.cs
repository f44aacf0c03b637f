using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Cluster;

/// <summary>Whose signature a vote account takes, from an epoch on.</summary>
public sealed record AuthorizedVoter
{
    /// <summary>The first epoch for which it counts.</summary>
    public required ulong Epoch { get; init; }

    /// <summary>The voter.</summary>
    public required Pubkey Voter { get; init; }
}
