namespace Tachyon.Failover.Cluster;

/// <summary>
/// The JSON-RPC of a validator or of the cluster, as far as a failover needs it. Each method is one call of the same name, so that an
/// adapter to another client is short.
/// </summary>
/// <remarks>
/// Thread-safe. No call changes anything, and every call may be repeated. Each throws <see cref="ClusterRpcException"/>, whose
/// <see cref="ClusterRpcException.Failure"/> distinguishes a refusal from a missing answer.
/// </remarks>
public interface IClusterRpc
{
    /// <summary><c>getIdentity</c>: the identity that the answering node runs now.</summary>
    Task<Pubkey> GetIdentityAsync(CancellationToken cancellationToken = default);

    /// <summary><c>getHealth</c>: whether the answering node is caught up. "Unhealthy" is an answer, not an error.</summary>
    Task<NodeHealth> GetHealthAsync(CancellationToken cancellationToken = default);

    /// <summary><c>getSlot</c>: the newest slot of that commitment.</summary>
    Task<ulong> GetSlotAsync(Commitment commitment, CancellationToken cancellationToken = default);

    /// <summary><c>getEpochInfo</c>.</summary>
    Task<EpochInfo> GetEpochInfoAsync(Commitment commitment, CancellationToken cancellationToken = default);

    /// <summary><c>getLeaderSchedule</c> of one identity.</summary>
    /// <param name="slot">A slot of the requested epoch; null for the current one.</param>
    /// <param name="identity">The identity of the leader.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The leader slots, counted from the first slot of the epoch, ascending, empty if it has none; null if the epoch is not
    /// known yet.</returns>
    Task<IReadOnlyList<ulong>?> GetLeaderScheduleAsync(ulong? slot, Pubkey identity, CancellationToken cancellationToken = default);

    /// <summary><c>getVoteAccounts</c>.</summary>
    /// <param name="commitment">The commitment.</param>
    /// <param name="voteAccount">One vote account; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<VoteAccount>> GetVoteAccountsAsync(Commitment commitment, Pubkey? voteAccount, CancellationToken cancellationToken = default);

    /// <summary><c>getAccountInfo</c>, with the parts of the account's data that the node can decode.</summary>
    /// <param name="account">The account.</param>
    /// <param name="commitment">The commitment.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account; null if there is none.</returns>
    Task<AccountInfo?> GetAccountInfoAsync(Pubkey account, Commitment commitment, CancellationToken cancellationToken = default);

    /// <summary><c>getClusterNodes</c>: the nodes in gossip.</summary>
    Task<IReadOnlyList<ClusterNode>> GetClusterNodesAsync(CancellationToken cancellationToken = default);

    /// <summary><c>getVersion</c>: the version of the answering node, for example <c>2.2.15</c>.</summary>
    Task<string> GetVersionAsync(CancellationToken cancellationToken = default);

    /// <summary><c>getGenesisHash</c>, base58: identifies the cluster.</summary>
    Task<string> GetGenesisHashAsync(CancellationToken cancellationToken = default);

    /// <summary><c>getAgGenesisCert</c>: whether the cluster votes by Alpenglow, without towers. A failover refuses such a cluster.</summary>
    /// <returns>
    /// True if the node shows the certificate with which Alpenglow began, false if it shows none. Null if the node does not know the method (error -32601), as before 4.2; and by default, for a client that cannot ask.
    /// </returns>
    Task<bool?> GetAgGenesisCertAsync(CancellationToken cancellationToken = default) => Task.FromResult<bool?>(null);

    /// <summary><c>getBlocks</c>: the slots from <paramref name="first"/> to <paramref name="last"/>, both included, that have a block.</summary>
    /// <param name="first">The first slot.</param>
    /// <param name="last">The last slot, at most 500,000 after the first.</param>
    /// <param name="commitment"><see cref="Commitment.Confirmed"/> or <see cref="Commitment.Finalized"/>; nodes refuse processed here.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<ulong>> GetBlocksAsync(ulong first, ulong last, Commitment commitment, CancellationToken cancellationToken = default);

    /// <summary><c>getBlock</c>, with the accounts of its transactions only.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="commitment"><see cref="Commitment.Confirmed"/> or <see cref="Commitment.Finalized"/>; nodes refuse processed here.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The block; null if the node has no block of that slot: it was skipped, has not reached that commitment, or is no longer
    /// kept. Null may later become a block; <see cref="GetBlocksAsync"/> lists the slots that have one.</returns>
    Task<Block?> GetBlockAsync(ulong slot, Commitment commitment, CancellationToken cancellationToken = default);
}
