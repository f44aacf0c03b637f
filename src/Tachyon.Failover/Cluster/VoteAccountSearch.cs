namespace Tachyon.Failover.Cluster;

/// <summary>Finds the vote account of an identity.</summary>
internal static class VoteAccountSearch
{
    /// <summary>The account with the most stake whose node is the identity, or why there is none. Throws only for cancellation.</summary>
    /// <param name="cluster">The RPC to ask.</param>
    /// <param name="node">The identity.</param>
    /// <param name="address">The account, if it is already known; null to search all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="commitment">The commitment.</param>
    public static async Task<CallResult<VoteAccount>> FindAsync(IClusterRpc cluster, Pubkey node, Pubkey? address, CancellationToken cancellationToken, Commitment commitment = Commitment.Processed)
    {
        try
        {
            return Among(await cluster.GetVoteAccountsAsync(commitment, address, cancellationToken).ConfigureAwait(false), node);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return CallResult.NotDone(CallFailure.Unreachable, exception.Message);
        }
    }

    /// <summary>The account with the most stake whose node is the identity, or that there is none.</summary>
    public static CallResult<VoteAccount> Among(IReadOnlyList<VoteAccount> accounts, Pubkey node) =>
        accounts.Where(account => account.Node.Equals(node)).MaxBy(account => account.ActivatedStake) is { } own
            ? own
            : CallResult.NotDone(CallFailure.Refused, $"the cluster knows no vote account whose node is {node}");
}
