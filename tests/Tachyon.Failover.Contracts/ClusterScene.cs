using System.Net;
using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Contracts;

/// <summary>A cluster at one moment: what a node of it would answer. The node knows no more than the scene names: a slot without a
/// block was skipped.</summary>
public sealed record ClusterScene
{
    public static readonly Pubkey StakedIdentity = Pubkey.Parse("AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq");
    public static readonly Pubkey OtherIdentity = Pubkey.Parse("3ZoTKAgigzSsb8egYi1VS7YZQ59KDk2HkrpMmY7QggwM");
    public static readonly Pubkey StakedVoteAccount = Pubkey.Parse("DSBAsaFkgHXHfudvqMnwgbFuj8xPYcx3TH7ZK5mQiuh5");
    public static readonly Pubkey OtherVoteAccount = Pubkey.Parse("DFptCsdaZmKSHJQ7ZRiK9vaRKyDxcnMyiSvQqfS4kbSa");
    public static readonly Pubkey VoteProgram = Pubkey.Parse("Vote111111111111111111111111111111111111111");

    /// <summary>Slots 4784 to 4786, of which 4785 was skipped; the last holds a vote that was refused.</summary>
    public static readonly ClusterScene Usual = new();

    public Pubkey Identity { get; init; } = StakedIdentity;

    public NodeHealth Health { get; init; } = new() { IsHealthy = true };

    public EpochInfo Epoch { get; init; } = new() { Epoch = 1, SlotIndex = 787, SlotsInEpoch = 4000, AbsoluteSlot = 4787 };

    /// <summary>The leader slots of the current epoch. Identities that are not listed have none. Other epochs are unknown.</summary>
    public IReadOnlyDictionary<Pubkey, ulong[]> LeaderSlots { get; init; } = new Dictionary<Pubkey, ulong[]> { [StakedIdentity] = [112, 113, 114, 115, 3884, 3885, 3886, 3887] };

    public IReadOnlyList<VoteAccount> VoteAccounts { get; init; } =
    [
        new()
        {
            Address = StakedVoteAccount,
            Node = StakedIdentity,
            ActivatedStake = 49999997717120,
            LastVote = 4786,
            RootSlot = 4755,
            IsDelinquent = false,
            Credits = 72506,
        },
        new()
        {
            Address = OtherVoteAccount,
            Node = OtherIdentity,
            ActivatedStake = ulong.MaxValue,
            LastVote = 0,
            RootSlot = 0,
            IsDelinquent = true,
            Credits = 0,
        },
    ];

    /// <summary>Accounts that are not listed do not exist.</summary>
    public IReadOnlyDictionary<Pubkey, AccountInfo> Accounts { get; init; } = new Dictionary<Pubkey, AccountInfo>
    {
        [StakedIdentity] = new() { Lamports = 499_998_900_000, Owner = Pubkey.Parse("11111111111111111111111111111111") },
        [StakedVoteAccount] = new()
        {
            Lamports = 185_672_069_152,
            Owner = VoteProgram,
            Vote = new VoteState
            {
                Node = StakedIdentity,
                AuthorizedVoters = new Dictionary<ulong, Pubkey> { [1] = StakedIdentity, [2] = OtherIdentity },
            },
        },
    };

    public IReadOnlyList<ClusterNode> Nodes { get; init; } =
    [
        new()
        {
            Identity = StakedIdentity,
            Gossip = IPEndPoint.Parse("127.0.0.1:28001"),
            Rpc = IPEndPoint.Parse("127.0.0.1:28899"),
            TpuVote = IPEndPoint.Parse("[2001:db8::7]:28006"),
            Version = "2.2.15",
            ShredVersion = 10821,
        },
        new() { Identity = OtherIdentity },
    ];

    public string Version { get; init; } = "2.2.15";

    public string GenesisHash { get; init; } = "G98YzpEwfWQnDFbwJccij9qMbQ8AXb4cUM2RFt94v1jP";

    /// <summary>Whether the node shows the certificate with which Alpenglow began; null if it does not know the method.</summary>
    public bool? HasAgGenesisCert { get; init; }

    public IReadOnlyList<Block> Blocks { get; init; } =
    [
        new() { Slot = 4784, ParentSlot = 4783, Transactions = [] },
        new()
        {
            Slot = 4786,
            ParentSlot = 4784,
            Transactions =
            [
                new() { Signers = [StakedIdentity], Accounts = [StakedIdentity, StakedVoteAccount, VoteProgram], Failed = true, CustomError = 6 },
                new() { Signers = [OtherIdentity], Accounts = [OtherIdentity, OtherVoteAccount, VoteProgram], Failed = false },
            ],
        },
    ];
}
