using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Pairs;

/// <summary>Which way a switchover would go now.</summary>
internal static class Direction
{
    /// <summary>The pair from the node that runs the staked identity to the other. If neither or both do, the one from the first to the second: the preflight will say so.</summary>
    public static async Task<ValidatorPair> FindAsync(OpenPair open, CancellationToken cancellationToken)
    {
        var pair = open.To(null);
        var asked = await Task.WhenAll(pair.Source.Host.GetContactInfoAsync(cancellationToken), pair.Target.Host.GetContactInfoAsync(cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return asked[1].IsDone && Runs(asked[1].Value?.Identity) && !(asked[0].IsDone && Runs(asked[0].Value?.Identity)) ? open.To(pair.Source.Name) : pair;

        bool Runs(Pubkey? identity) => pair.StakedIdentity.Equals(identity);
    }
}
