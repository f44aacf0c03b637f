using System.Security.Cryptography;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Votes;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>The JSON-RPC of the simulated cluster, or that of one node, reached through its shell.</summary>
/// <param name="owner">Who asks.</param>
/// <param name="cluster">The world.</param>
/// <param name="node">The way to the node that is asked; null for the cluster's own RPC.</param>
internal sealed class SimulatedClusterRpc(SimulatedCoordinator owner, MemoryCluster cluster, NodeConversation? node) : IClusterRpc
{
    private const ulong Stake = 49_999_997_717_120;
    private const ulong BigStake = 949_999_997_717_120;
    private const ulong DelinquentSlots = 128;
    private const ulong StaleSlots = 12;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly Pubkey VoteProgramAddress = Pubkey.Parse("Vote111111111111111111111111111111111111111");

    private ChainModel Chain => cluster.Chain;

    public Task<Pubkey> GetIdentityAsync(CancellationToken cancellationToken = default) =>
        AskAsync("getIdentity", _ => node?.Node.Process?.Identity ?? cluster.Identities.Big, cancellationToken);

    public Task<NodeHealth> GetHealthAsync(CancellationToken cancellationToken = default) =>
        AskAsync("getHealth", bank => new NodeHealth { IsHealthy = true }, cancellationToken);

    public Task<ulong> GetSlotAsync(Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync("getSlot", bank => At(bank, commitment).Slot, cancellationToken);

    public Task<EpochInfo> GetEpochInfoAsync(Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync(
            "getEpochInfo",
            bank =>
            {
                var slot = At(bank, commitment).Slot;
                var epoch = Chain.Schedule.EpochOf(slot);
                return new EpochInfo { Epoch = epoch, SlotIndex = slot - Chain.Schedule.FirstSlotOf(epoch), SlotsInEpoch = Chain.Schedule.FirstSlotOf(1), AbsoluteSlot = slot };
            },
            cancellationToken);

    public Task<IReadOnlyList<ulong>?> GetLeaderScheduleAsync(ulong? slot, Pubkey identity, CancellationToken cancellationToken = default) =>
        AskAsync<IReadOnlyList<ulong>?>(
            "getLeaderSchedule",
            bank => Chain.Schedule.EpochOf(slot ?? bank.Slot) is var epoch && epoch > Chain.Schedule.EpochOf(bank.Slot) + 1 ? null
                : identity.Equals(cluster.Identities.Staked) ? [.. Chain.Schedule.SlotsOf(staked: true, epoch)]
                : identity.Equals(cluster.Identities.Big) ? [.. Chain.Schedule.SlotsOf(staked: false, epoch)]
                : [],
            cancellationToken);

    public Task<IReadOnlyList<VoteAccount>> GetVoteAccountsAsync(Commitment commitment, Pubkey? voteAccount, CancellationToken cancellationToken = default) =>
        AskAsync<IReadOnlyList<VoteAccount>>(
            "getVoteAccounts",
            bank =>
            {
                var at = At(bank, commitment);
                VoteAccount[] all =
                [
                    Account(cluster.Identities.VoteAccount, cluster.Identities.Staked, Stake, at.VoteAccount, at.Slot),
                    Account(cluster.Identities.BigVoteAccount, cluster.Identities.Big, BigStake, at.BigVoteAccount, at.Slot),
                ];
                return voteAccount is null ? all : [.. all.Where(account => account.Address.Equals(voteAccount))];
            },
            cancellationToken);

    public Task<IReadOnlyList<ClusterNode>> GetClusterNodesAsync(CancellationToken cancellationToken = default) =>
        AskAsync<IReadOnlyList<ClusterNode>>(
            "getClusterNodes",
            _ => [.. cluster.Gossip.Contacts.Select(contact => new ClusterNode { Identity = contact.Identity, Gossip = cluster.GossipAddressOf(contact.Node), ShredVersion = 10821 })],
            cancellationToken);

    public Task<string> GetVersionAsync(CancellationToken cancellationToken = default) => AskAsync("getVersion", static _ => "2.2.15", cancellationToken);

    public Task<string> GetGenesisHashAsync(CancellationToken cancellationToken = default) =>
        AskAsync("getGenesisHash", _ => new Pubkey(SHA256.HashData(cluster.Identities.Big.Bytes.Span)).ToString(), cancellationToken);

    public Task<IReadOnlyList<ulong>> GetBlocksAsync(ulong first, ulong last, Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync<IReadOnlyList<ulong>>(
            "getBlocks",
            bank =>
            {
                var newest = Math.Min(last, At(bank, commitment).Slot);
                var slots = new List<ulong>();
                for (var slot = Math.Max(first, Chain.FirstSlot); slot <= newest; slot++)
                {
                    if (Chain.BankAt(slot) is not null)
                    {
                        slots.Add(slot);
                    }
                }

                return slots;
            },
            cancellationToken);

    public Task<Block?> GetBlockAsync(ulong slot, Commitment commitment, CancellationToken cancellationToken = default) =>
        AskAsync(
            "getBlock",
            newest => slot > At(newest, commitment).Slot || Chain.BankAt(slot) is not { } bank ? null : new Block
            {
                Slot = bank.Slot,
                ParentSlot = bank.ParentSlot,
                Transactions = [.. bank.Votes.Select(vote => new BlockTransaction
                {
                    Signers = [vote.Identity],
                    Accounts = [vote.Identity, cluster.Identities.VoteAccount, VoteProgramAddress],
                    Failed = vote.Error is not null,
                    CustomError = (uint?)vote.Error,
                })],
            },
            cancellationToken);

    /// <summary>The newest bank of a commitment. Where one node has nearly all stake, what is processed is confirmed.</summary>
    private Bank At(Bank newest, Commitment commitment)
    {
        var slot = commitment == Commitment.Finalized ? newest.Root : newest.Slot;
        while (slot > Chain.FirstSlot && Chain.BankAt(slot) is null)
        {
            slot--;
        }

        return Chain.BankAt(slot) ?? newest;
    }

    private static VoteAccount Account(Pubkey address, Pubkey identity, ulong stake, VoteAccountState state, ulong slot) => new()
    {
        Address = address,
        Node = identity,
        ActivatedStake = stake,
        LastVote = state.LastSlot ?? 0,
        RootSlot = state.Root ?? 0,
        IsDelinquent = (state.LastSlot ?? 0) + DelinquentSlots < slot,
        Credits = state.TotalCredits,
    };

    private async Task<T> AskAsync<T>(string method, Func<Bank, T> answer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var fault = owner.Faults.OnRpc(method);
        var newest = await (fault == RpcFault.Slow || !IsReachable ? GiveUpAsync() : owner.LaterAsync(RoundTrip, View)).WaitAsync(cancellationToken).ConfigureAwait(false);
        return fault switch
        {
            RpcFault.Refused => throw new ClusterRpcException(ClusterRpcFailure.Refused, method, $"{method}: the node refused", code: -32005),
            RpcFault.Lost => throw new ClusterRpcException(ClusterRpcFailure.Unreachable, method, $"{method}: the connection broke"),
            _ when newest is null => throw new ClusterRpcException(ClusterRpcFailure.TimedOut, method, $"{method}: no answer within {Limit.TotalSeconds} s"),
            RpcFault.Stale => answer(Chain.BankAt(newest.Slot - StaleSlots) ?? newest),
            _ => answer(newest),
        };
    }

    private TimeSpan RoundTrip => node is null ? owner.Random.Milliseconds(2, 60) : (node.Wire.OneWay * 2) + owner.Random.Milliseconds(1, 5);

    private bool IsReachable => node is null ? owner.ReachesCluster : node is { Wire.IsPartitioned: false, Node: { IsUp: true, Process: not null } };

    /// <summary>The newest bank of whoever answers; null if it is gone by now.</summary>
    private Bank? View() => !IsReachable ? null : node is null ? Chain.Newest : node.Node.Process?.Newest;

    private Task<Bank?> GiveUpAsync() => owner.LaterAsync<Bank?>(Limit, static () => null);
}
