using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Cluster;

/// <summary>Finds the vote account of an identity.</summary>
internal static class VoteAccountSearch
{
    /// <summary>The account with the most stake whose node is the identity, or why there is none. Throws nothing but cancellation.</summary>
    /// <param name="cluster">Who is asked.</param>
    /// <param name="node">The identity.</param>
    /// <param name="address">The account, if it is known already; null to look through all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<CallResult<VoteAccount>> FindAsync(IClusterRpc cluster, Pubkey node, Pubkey? address, CancellationToken cancellationToken)
    {
        try
        {
            var accounts = await cluster.GetVoteAccountsAsync(Commitment.Processed, address, cancellationToken).ConfigureAwait(false);
            var own = accounts.Where(account => account.Node.Equals(node)).MaxBy(account => account.ActivatedStake);
            return own is null ? CallResult.NotDone(CallFailure.Refused, $"the cluster knows no vote account whose node is {node}") : own;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return CallResult.NotDone(CallFailure.Unreachable, exception.Message);
        }
    }
}
