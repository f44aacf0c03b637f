namespace Tachyon.Failover.Cluster;

/// <summary>The authorized voter of a vote account, from an epoch on.</summary>
public sealed class AuthorizedVoter
{
    /// <summary>The first epoch for which it is valid.</summary>
    public required ulong Epoch { get; init; }

    /// <summary>The voter.</summary>
    public required Pubkey Voter { get; init; }
}
