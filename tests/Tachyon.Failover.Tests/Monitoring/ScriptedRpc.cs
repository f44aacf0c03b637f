using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Tests.Monitoring;

/// <summary>An RPC node with a view of a <see cref="ScriptedChain"/>, as far as a watch needs it.</summary>
internal sealed class ScriptedRpc(ScriptedChain chain) : IClusterRpc
{
    /// <summary>The result of every call.</summary>
    public ScriptedAnswer Answer { get; set; }

    /// <summary>How many slots it lags behind.</summary>
    public ulong Behind { get; set; }

    /// <summary>Its false answer about the vote account; null for the true one.</summary>
    public ulong? SaysVote { get; set; }

    public bool IsHealthy { get; set; } = true;

    /// <summary>Whether it shows the certificate with which Alpenglow began; null if it does not know the method.</summary>
    public bool? HasAgGenesisCert { get; set; }

    public string Version { get; set; } = "2.2.15";

    /// <summary>The vote account of each request.</summary>
    public List<Pubkey?> AskedFor { get; } = [];

    public Task<ulong> GetSlotAsync(Commitment commitment, CancellationToken cancellationToken = default) => AnswerAsync(() => chain.Slot - Behind);

    public Task<IReadOnlyList<VoteAccount>> GetVoteAccountsAsync(Commitment commitment, Pubkey? voteAccount, CancellationToken cancellationToken = default)
    {
        AskedFor.Add(voteAccount);
        return AnswerAsync<IReadOnlyList<VoteAccount>>(() => [chain.Account.With(it => it.LastVote = SaysVote ?? Math.Min(chain.LastVote, chain.Slot - Behind - 1))]);
    }

    public Task<AccountInfo?> GetAccountInfoAsync(Pubkey account, Commitment commitment, CancellationToken cancellationToken = default) =>
        AnswerAsync<AccountInfo?>(() => new AccountInfo { Lamports = chain.Lamports, Owner = account });

    public Task<NodeHealth> GetHealthAsync(CancellationToken cancellationToken = default) => AnswerAsync(() => new NodeHealth { IsHealthy = IsHealthy, Message = IsHealthy ? null : "behind" });

    public Task<IReadOnlyList<ClusterNode>> GetClusterNodesAsync(CancellationToken cancellationToken = default) =>
        AnswerAsync<IReadOnlyList<ClusterNode>>(() => [new ClusterNode { Identity = ScriptedChain.Staked, Gossip = new(System.Net.IPAddress.Loopback, 8001) }]);

    public Task<Pubkey> GetIdentityAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<EpochInfo> GetEpochInfoAsync(Commitment commitment, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<ulong>?> GetLeaderScheduleAsync(ulong? slot, Pubkey identity, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<string> GetVersionAsync(CancellationToken cancellationToken = default) => AnswerAsync(() => Version);

    public Task<bool?> GetAgGenesisCertAsync(CancellationToken cancellationToken = default) => AnswerAsync(() => HasAgGenesisCert);

    public Task<string> GetGenesisHashAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<ulong>> GetBlocksAsync(ulong first, ulong last, Commitment commitment, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<Block?> GetBlockAsync(ulong slot, Commitment commitment, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private Task<T> AnswerAsync<T>(Func<T> answer) => Answer switch
    {
        ScriptedAnswer.Hangs => new TaskCompletionSource<T>().Task,
        ScriptedAnswer.Comes => Task.FromResult(answer()),
        _ => Task.FromException<T>(new ClusterRpcException(ClusterRpcFailure.Unreachable, "getSlot", "the connection broke")),
    };
}
