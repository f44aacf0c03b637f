using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Seams;

/// <summary>An RPC that throws only <see cref="ClusterRpcException"/>, or for its caller's own cancellation.</summary>
internal sealed class GuardedRpc(IClusterRpc inner) : IClusterRpc
{
    public Task<Pubkey> GetIdentityAsync(CancellationToken cancellationToken = default) =>
        AskAsync("getIdentity", () => inner.GetIdentityAsync(cancellationToken), cancellationToken);

    public Task<NodeHealth> GetHealthAsync(CancellationToken cancellationToken = default) =>
        AskAsync("getHealth", () => inner.GetHealthAsync(cancellationToken), cancellationToken);

    public Task<ulong> GetSlotAsync(Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync("getSlot", () => inner.GetSlotAsync(commitment, cancellationToken), cancellationToken);

    public Task<EpochInfo> GetEpochInfoAsync(Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync("getEpochInfo", () => inner.GetEpochInfoAsync(commitment, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<ulong>?> GetLeaderScheduleAsync(ulong? slot, Pubkey identity, CancellationToken cancellationToken = default) =>
        AskAsync("getLeaderSchedule", () => inner.GetLeaderScheduleAsync(slot, identity, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<VoteAccount>> GetVoteAccountsAsync(Commitment commitment, Pubkey? voteAccount, CancellationToken cancellationToken = default) =>
        AskAsync("getVoteAccounts", () => inner.GetVoteAccountsAsync(commitment, voteAccount, cancellationToken), cancellationToken);

    public Task<AccountInfo?> GetAccountInfoAsync(Pubkey account, Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync("getAccountInfo", () => inner.GetAccountInfoAsync(account, commitment, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<ClusterNode>> GetClusterNodesAsync(CancellationToken cancellationToken = default) =>
        AskAsync("getClusterNodes", () => inner.GetClusterNodesAsync(cancellationToken), cancellationToken);

    public Task<string> GetVersionAsync(CancellationToken cancellationToken = default) =>
        AskAsync("getVersion", () => inner.GetVersionAsync(cancellationToken), cancellationToken);

    public Task<string> GetGenesisHashAsync(CancellationToken cancellationToken = default) =>
        AskAsync("getGenesisHash", () => inner.GetGenesisHashAsync(cancellationToken), cancellationToken);

    public Task<bool?> GetAgGenesisCertAsync(CancellationToken cancellationToken = default) =>
        AskAsync("getAgGenesisCert", () => inner.GetAgGenesisCertAsync(cancellationToken), cancellationToken);

    public Task<IReadOnlyList<ulong>> GetBlocksAsync(ulong first, ulong last, Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync("getBlocks", () => inner.GetBlocksAsync(first, last, commitment, cancellationToken), cancellationToken);

    public Task<Block?> GetBlockAsync(ulong slot, Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync("getBlock", () => inner.GetBlockAsync(slot, commitment, cancellationToken), cancellationToken);

    private static async Task<T> AskAsync<T>(string method, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not ClusterRpcException && !GuardedCall.IsCancellation(exception, cancellationToken))
        {
            throw new ClusterRpcException(ClusterRpcFailure.Unreachable, method, $"{method}: {exception.Message}", innerException: exception);
        }
    }
}
