using Tachyon.Failover.Cluster;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>The JSON-RPC of the simulated cluster, or of one node through its shell: the way of a call there and back, with its faults.</summary>
/// <param name="owner">The coordinator that asks.</param>
/// <param name="chain">The chain.</param>
/// <param name="node">The way to the node that is asked; null for the cluster's own RPC.</param>
/// <param name="answers">The answers.</param>
internal sealed class SimulatedClusterRpc(SimulatedCoordinator owner, ChainModel chain, NodeConversation? node, IRpcAnswers answers) : IClusterRpc
{
    private const ulong StaleSlots = 12;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public Task<Pubkey> GetIdentityAsync(CancellationToken cancellationToken = default) => AskAsync("getIdentity", answers.Identity, cancellationToken);

    public Task<NodeHealth> GetHealthAsync(CancellationToken cancellationToken = default) => AskAsync("getHealth", answers.Health, cancellationToken);

    public Task<ulong> GetSlotAsync(Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync("getSlot", newest => answers.Epoch(newest, commitment).AbsoluteSlot, cancellationToken);

    public Task<EpochInfo> GetEpochInfoAsync(Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync("getEpochInfo", newest => answers.Epoch(newest, commitment), cancellationToken);

    public Task<IReadOnlyList<ulong>?> GetLeaderScheduleAsync(ulong? slot, Pubkey identity, CancellationToken cancellationToken = default) =>
        AskAsync("getLeaderSchedule", newest => answers.LeaderSlots(newest, slot, identity), cancellationToken);

    public Task<IReadOnlyList<VoteAccount>> GetVoteAccountsAsync(Commitment commitment, Pubkey? voteAccount, CancellationToken cancellationToken = default) =>
        AskAsync("getVoteAccounts", newest => answers.VoteAccounts(newest, commitment, voteAccount), cancellationToken);

    public Task<AccountInfo?> GetAccountInfoAsync(Pubkey account, Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync("getAccountInfo", newest => answers.Account(newest, account, commitment), cancellationToken);

    public Task<IReadOnlyList<ClusterNode>> GetClusterNodesAsync(CancellationToken cancellationToken = default) =>
        AskAsync("getClusterNodes", answers.Nodes, cancellationToken);

    public Task<string> GetVersionAsync(CancellationToken cancellationToken = default) => AskAsync("getVersion", answers.Version, cancellationToken);

    public Task<bool?> GetAgGenesisCertAsync(CancellationToken cancellationToken = default) => AskAsync("getAgGenesisCert", answers.AgGenesisCert, cancellationToken);

    public Task<string> GetGenesisHashAsync(CancellationToken cancellationToken = default) => AskAsync("getGenesisHash", answers.GenesisHash, cancellationToken);

    public Task<IReadOnlyList<ulong>> GetBlocksAsync(ulong first, ulong last, Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync("getBlocks", newest => answers.Blocks(newest, first, last, commitment), cancellationToken);

    public Task<Block?> GetBlockAsync(ulong slot, Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync("getBlock", newest => answers.Block(newest, slot, commitment), cancellationToken);

    private async Task<T> AskAsync<T>(string method, Func<Bank, T> answer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var fault = owner.Plan.OnRpc(method);
        var newest = await (fault == RpcFault.Slow || !IsReachable ? GiveUpAsync() : owner.LaterAsync(RoundTrip, View)).WaitAsync(cancellationToken).ConfigureAwait(false);
        return fault switch
        {
            RpcFault.Refused => throw new ClusterRpcException(ClusterRpcFailure.Refused, method, $"{method}: the node refused", code: -32005),
            RpcFault.Lost => throw new ClusterRpcException(ClusterRpcFailure.Unreachable, method, $"{method}: the connection broke"),
            _ when newest is null => throw new ClusterRpcException(ClusterRpcFailure.TimedOut, method, $"{method}: no answer within {Limit.TotalSeconds} s"),
            _ when node is null && owner.GatewayFailure is { } failure =>
                throw new ClusterRpcException(failure, method, $"{method}: the gateway answered something else", code: failure == ClusterRpcFailure.HttpError ? 502 : null),
            RpcFault.Stale => answer(chain.BankAt(newest.Slot - StaleSlots) ?? newest),
            _ => answer(newest),
        };
    }

    private TimeSpan RoundTrip => node is null ? owner.Random.Milliseconds(2, 60) : (node.Wire.OneWay * 2) + owner.Random.Milliseconds(1, 5);

    private bool IsReachable => node is null ? owner.ReachesCluster : node is { Wire.IsPartitioned: false, Node: { IsUp: true, Process: not null } };

    /// <summary>The newest bank of the answering node; null if the node is gone.</summary>
    private Bank? View() => !IsReachable ? null : node is null ? chain.Newest : node.Node.Process?.Newest;

    private Task<Bank?> GiveUpAsync() => owner.LaterAsync<Bank?>(Limit, static () => null);
}
