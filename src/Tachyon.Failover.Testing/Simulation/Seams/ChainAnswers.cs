using System.Security.Cryptography;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>The simulated cluster in the words of JSON-RPC.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="node">The node that answers; null for the big one.</param>
internal sealed class ChainAnswers(MemoryCluster cluster, SimulatedNode? node) : IRpcAnswers
{
    private const ulong Stake = 49_999_997_717_120;
    private const ulong BigStake = 949_999_997_717_120;
    private const ulong DelinquentSlots = 128;

    private const ulong Balance = 500_005_072_100;
    private const ulong VoteAccountBalance = 185_672_069_152;

    private static readonly Pubkey SystemProgramAddress = Pubkey.Parse("11111111111111111111111111111111");
    private static readonly Pubkey VoteProgramAddress = Pubkey.Parse("Vote111111111111111111111111111111111111111");

    private ChainModel Chain => cluster.Chain;

    public Pubkey Identity(Bank newest) => node?.Process?.Identity ?? cluster.Identities.Big;

    public NodeHealth Health(Bank newest) =>
        node?.Process is { IsStarted: false } ? new() { IsHealthy = false, Message = "Node is unhealthy" } : new() { IsHealthy = true };

    public EpochInfo Epoch(Bank newest, Commitment commitment)
    {
        var slot = At(newest, commitment).Slot;
        var epoch = Chain.Schedule.EpochOf(slot);
        return new EpochInfo { Epoch = epoch, SlotIndex = slot - Chain.Schedule.FirstSlotOf(epoch), SlotsInEpoch = Chain.Schedule.FirstSlotOf(1), AbsoluteSlot = slot };
    }

    public IReadOnlyList<ulong>? LeaderSlots(Bank newest, ulong? slot, Pubkey identity) =>
        Chain.Schedule.EpochOf(slot ?? newest.Slot) is var epoch && epoch > Chain.Schedule.EpochOf(newest.Slot) + 1 ? null
        : identity.Equals(cluster.Identities.Staked) ? [.. Chain.Schedule.SlotsOf(staked: true, epoch)]
        : identity.Equals(cluster.Identities.Big) ? [.. Chain.Schedule.SlotsOf(staked: false, epoch)]
        : [];

    public IReadOnlyList<VoteAccount> VoteAccounts(Bank newest, Commitment commitment, Pubkey? voteAccount)
    {
        var at = At(newest, commitment);
        VoteAccount[] all =
        [
            Account(cluster.Identities.VoteAccount, cluster.Identities.Staked, Stake, at.VoteAccount, at.Slot),
            Account(cluster.Identities.BigVoteAccount, cluster.Identities.Big, BigStake, at.BigVoteAccount, at.Slot),
        ];
        return voteAccount is null ? all : [.. all.Where(account => account.Address.Equals(voteAccount))];
    }

    public AccountInfo? Account(Bank newest, Pubkey account, Commitment commitment)
    {
        if (account.Equals(cluster.Identities.Staked))
        {
            return new AccountInfo { Lamports = Balance, Owner = SystemProgramAddress };
        }

        if (!account.Equals(cluster.Identities.VoteAccount))
        {
            return null;
        }

        var epoch = Chain.Schedule.EpochOf(At(newest, commitment).Slot);
        return new AccountInfo
        {
            Lamports = VoteAccountBalance,
            Owner = VoteProgramAddress,
            Vote = new VoteState { Node = cluster.Identities.Staked, AuthorizedVoters = new Dictionary<ulong, Pubkey> { [epoch] = cluster.Identities.Staked } },
        };
    }

    public IReadOnlyList<ClusterNode> Nodes(Bank newest) =>
        [.. cluster.Gossip.Contacts.Select(contact => new ClusterNode { Identity = contact.Identity, Gossip = cluster.GossipAddressOf(contact.Node), ShredVersion = 10821 })];

    public string Version(Bank newest) => cluster.Client.Running;

    public bool? AgGenesisCert(Bank newest) => node is null && cluster.Client.IsMigrating ? false : cluster.Client.HasAgGenesisCert;

    public string GenesisHash(Bank newest) => new Pubkey(SHA256.HashData(cluster.Identities.Big.Bytes.Span)).ToString();

    public IReadOnlyList<ulong> Blocks(Bank newest, ulong first, ulong last, Commitment commitment)
    {
        var end = Math.Min(last, At(newest, commitment).Slot);
        var slots = new List<ulong>();
        for (var slot = Math.Max(first, Chain.FirstSlot); slot <= end; slot++)
        {
            if (Chain.BankAt(slot) is not null)
            {
                slots.Add(slot);
            }
        }

        return slots;
    }

    public Block? Block(Bank newest, ulong slot, Commitment commitment) =>
        slot > At(newest, commitment).Slot || Chain.BankAt(slot) is not { } bank ? null : new Block
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
        };

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
}
