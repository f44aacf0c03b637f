using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>An RPC provider of the simulated cluster, with its own faults.</summary>
internal sealed class SimulatedWitness(SimulatedCoordinator owner, IClusterRpc cluster, WitnessTrouble trouble) : IClusterRpc
{
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(4);

    public Task<Pubkey> GetIdentityAsync(CancellationToken cancellationToken = default) => AskAsync("getIdentity", () => cluster.GetIdentityAsync(cancellationToken), cancellationToken);

    public Task<NodeHealth> GetHealthAsync(CancellationToken cancellationToken = default) => AskAsync("getHealth", () => cluster.GetHealthAsync(cancellationToken), cancellationToken);

    public async Task<ulong> GetSlotAsync(Commitment commitment, CancellationToken cancellationToken = default)
    {
        var slot = await AskAsync("getSlot", () => cluster.GetSlotAsync(commitment, cancellationToken), cancellationToken).ConfigureAwait(false);
        return trouble.IsMad ? slot + 1_000_000 : Behind(slot);
    }

    public Task<EpochInfo> GetEpochInfoAsync(Commitment commitment, CancellationToken cancellationToken = default) => AskAsync("getEpochInfo", () => cluster.GetEpochInfoAsync(commitment, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<ulong>?> GetLeaderScheduleAsync(ulong? slot, Pubkey identity, CancellationToken cancellationToken = default) =>
        AskAsync("getLeaderSchedule", () => cluster.GetLeaderScheduleAsync(slot, identity, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<VoteAccount>> GetVoteAccountsAsync(Commitment commitment, Pubkey? voteAccount, CancellationToken cancellationToken = default)
    {
        var accounts = await AskAsync("getVoteAccounts", () => cluster.GetVoteAccountsAsync(commitment, voteAccount, cancellationToken), cancellationToken).ConfigureAwait(false);
        return
        [
            .. accounts.Select(account => new VoteAccount
            {
                Address = account.Address,
                Node = account.Node,
                ActivatedStake = account.ActivatedStake,
                LastVote = trouble.IsMad ? 0 : Math.Min(account.LastVote, trouble.VotesUpTo(owner.Events.Now)),
                RootSlot = account.RootSlot,
                IsDelinquent = account.IsDelinquent,
                Credits = account.Credits,
            }),
        ];
    }

    public Task<AccountInfo?> GetAccountInfoAsync(Pubkey account, Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync("getAccountInfo", () => cluster.GetAccountInfoAsync(account, commitment, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<ClusterNode>> GetClusterNodesAsync(CancellationToken cancellationToken = default) => AskAsync("getClusterNodes", () => cluster.GetClusterNodesAsync(cancellationToken), cancellationToken);

    public Task<string> GetVersionAsync(CancellationToken cancellationToken = default) => AskAsync("getVersion", () => cluster.GetVersionAsync(cancellationToken), cancellationToken);

    public Task<string> GetGenesisHashAsync(CancellationToken cancellationToken = default) => AskAsync("getGenesisHash", () => cluster.GetGenesisHashAsync(cancellationToken), cancellationToken);

    public Task<bool?> GetAgGenesisCertAsync(CancellationToken cancellationToken = default) => AskAsync("getAgGenesisCert", () => cluster.GetAgGenesisCertAsync(cancellationToken), cancellationToken);

    public Task<IReadOnlyList<ulong>> GetBlocksAsync(ulong first, ulong last, Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync("getBlocks", () => cluster.GetBlocksAsync(first, last, commitment, cancellationToken), cancellationToken);

    public Task<Block?> GetBlockAsync(ulong slot, Commitment commitment, CancellationToken cancellationToken = default) => AskAsync("getBlock", () => cluster.GetBlockAsync(slot, commitment, cancellationToken), cancellationToken);

    private ulong Behind(ulong slot) => Math.Min(slot, trouble.SlotsUpTo(owner.Events.Now));

    private async Task<T> AskAsync<T>(string method, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        if (trouble.IsDown)
        {
            throw new ClusterRpcException(ClusterRpcFailure.Unreachable, method, $"{method}: the provider is down");
        }

        if (trouble.IsSlow)
        {
            await owner.LaterAsync(Slowness, static () => true).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return await ask().ConfigureAwait(false);
    }
}
