using System.Collections.Concurrent;
using System.Net;
using Moq;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Tests.Towers;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Tests.Preflight;

/// <summary>Two nodes, a and b, and their answers. Towers are recorded ones.</summary>
internal sealed class PreflightScene
{
    public static readonly Pubkey Staked = GoldenTowers.Identity(GoldenTowers.Full);
    public static readonly Pubkey OwnOfA = ValidatorKeypair.Generate(1, "a").Pubkey;
    public static readonly Pubkey OwnOfB = ValidatorKeypair.Generate(1, "b").Pubkey;
    public static readonly Pubkey Foreign = ValidatorKeypair.Generate(1, "somebody else").Pubkey;

    public const string GossipOfA = "192.0.2.1:8001";
    public const string GossipOfB = "192.0.2.2:8001";
    public const string VersionText = "tachyon-validator 2.2.15 (src:00000000; feat:1576788063, client:Tachyon)";

    private const string Genesis = "G98YzpEwfWQnDFbwJccij9qMbQ8AXb4cUM2RFt94v1jP";

    private static readonly CallResult NoAnswer = CallResult.NotDone(CallFailure.Unreachable, "no route to the host");

    private readonly ConcurrentQueue<string> _changes = [];

    public PreflightScene() => Pair = new ValidatorPair
    {
        StakedIdentity = Staked,
        Source = Node("a"),
        Target = Node("b"),
        Towers = NotCalled<ITowerTransport>(),
        Cluster = NotCalled<IClusterRpc>(),
    };

    public ValidatorPair Pair { get; }

    public IReadOnlyCollection<string> Changes => _changes;

    public static PairSurvey Good { get; } = new()
    {
        Source = Survey(NodeSide.Source, "a", Staked, OwnOfA, IdentityRole.Staked, Tower(3)),
        Target = Survey(NodeSide.Target, "b", OwnOfB, OwnOfB, IdentityRole.Unstaked, CallResult.NotDone(CallFailure.TowerMissing)),
        VoteAccount = Account(isDelinquent: false),
        Cluster = new ClusterSurvey
        {
            Epoch = At(4791),
            GenesisHash = Genesis,
            VoteAccounts = CallResult.Read<IReadOnlyList<VoteAccount>>([Account(isDelinquent: false)]),
            Nodes = Gossip((Staked, GossipOfA), (OwnOfB, GossipOfB)),
            StakedAccount = Holds(500_000_000_000),
            VoteState = Voters(Staked),
        },
    };

    public static PairSurvey Silent { get; } = new()
    {
        Source = SilentNode(Good.Source),
        Target = SilentNode(Good.Target),
        VoteAccount = NoAnswer,
        Cluster = new ClusterSurvey { Epoch = NoAnswer, GenesisHash = NoAnswer, VoteAccounts = NoAnswer, Nodes = NoAnswer, StakedAccount = NoAnswer, VoteState = NoAnswer },
    };

    public static EpochInfo At(ulong slot) => new() { Epoch = 1, SlotIndex = slot - 4000, SlotsInEpoch = 4000, AbsoluteSlot = slot };

    public static CallResult<IReadOnlyList<ClusterNode>> Gossip(params (Pubkey Identity, string Address)[] contacts) =>
        CallResult.Read<IReadOnlyList<ClusterNode>>([.. contacts.Select(contact => new ClusterNode { Identity = contact.Identity, Gossip = IPEndPoint.Parse(contact.Address) })]);

    public static AccountInfo Holds(ulong lamports) => new() { Lamports = lamports, Owner = Foreign };

    /// <summary>The voter of this epoch, and that of the next one if it differs.</summary>
    public static VoteState Voters(Pubkey now, Pubkey? next = null) => new()
    {
        Node = Staked,
        AuthorizedVoters = next is null ? new Dictionary<ulong, Pubkey> { [1] = now } : new Dictionary<ulong, Pubkey> { [1] = now, [2] = next },
    };

    public static VoteAccount Account(bool isDelinquent) => new()
    {
        Address = Foreign,
        Node = Staked,
        ActivatedStake = 1,
        LastVote = 4790,
        RootSlot = 4759,
        IsDelinquent = isDelinquent,
        Credits = 1,
    };

    /// <summary>One of five consecutive towers of the staked identity, 0 the oldest.</summary>
    public static TowerFile Tower(int number) => GoldenTowers.Consecutive[number].File;

    public static ClusterNode Running(Pubkey identity, int shredVersion = 10821, string? gossip = null) =>
        new() { Identity = identity, ShredVersion = shredVersion, Gossip = gossip is null ? null : IPEndPoint.Parse(gossip) };

    public static ValidatorInspection Has(Pubkey? staked, Pubkey? unstaked) => new()
    {
        Version = VersionText,
        StakedIdentity = staked,
        UnstakedIdentity = unstaked,
        AuthorizedVoters = staked is null ? null : [staked],
        Processes = [Started],
        LedgerPlace = unstaked?.ToString(),
        IsLocked = false,
        Began = DateTimeOffset.UnixEpoch,
        Ended = DateTimeOffset.UnixEpoch,
    };

    /// <summary>The validator as the guide starts it.</summary>
    public static StartCommand Started => new()
    {
        ProcessId = 7,
        Ledger = new StartPath { Path = "/mnt/ledger", IsAsInSettings = true },
        Identity = new StartPath { Path = "identity.json", IsAsInSettings = true },
        AuthorizedVoters = [new StartPath { Path = "staked.json", IsAsInSettings = true, Key = Staked }],
        VoteAccount = new StartPath { Path = Foreign.ToString(), IsAsInSettings = false, Key = Foreign },
    };

    public static SetupProblem Problem(string code) => new() { Code = code, Seen = "it is not there", Expected = "it", Remedy = "put it there" };

    public static IdentityLinkTarget PointsAt(IdentityRole? identity, Pubkey? unstaked = null) =>
        new() { Path = $"/home/sol/{identity?.ToString() ?? "foreign"}.json", Identity = identity, Key = identity == IdentityRole.Staked ? Staked : unstaked ?? Foreign, StakedKey = Staked, UnstakedKey = unstaked ?? Foreign };

    /// <summary>A node in a takeover, in which the lost node is not asked.</summary>
    public static NodeSurvey NotAsked(NodeSurvey node)
    {
        CallResult notAsked = CallResult.NotDone(CallFailure.Skipped, "it was not asked");
        return new NodeSurvey { Side = node.Side, Name = node.Name, ContactInfo = notAsked, Link = notAsked, Tower = notAsked };
    }

    private static NodeSurvey SilentNode(NodeSurvey node) => node.With(it =>
    {
        it.ContactInfo = NoAnswer;
        it.Inspection = NoAnswer;
        it.Link = NoAnswer;
        it.Tower = NoAnswer;
        it.Health = NoAnswer;
        it.Epoch = NoAnswer;
        it.GenesisHash = NoAnswer;
        it.RunningVersion = NoAnswer;
        it.RoundTrip = null;
        it.ClockOffset = null;
    });

    /// <summary>A part of the pair that no check may use: it throws when it is called.</summary>
    private static T NotCalled<T>()
        where T : class => new Mock<T>(MockBehavior.Strict).Object;

    private static NodeSurvey Survey(NodeSide side, string name, Pubkey runs, Pubkey own, IdentityRole link, CallResult<TowerFile> tower) => new()
    {
        Side = side,
        Name = name,
        ContactInfo = Running(runs, gossip: side == NodeSide.Source ? GossipOfA : GossipOfB),
        Inspection = Has(Staked, own),
        Health = new NodeHealth { IsHealthy = true },
        Epoch = At(4791),
        GenesisHash = Genesis,
        RunningVersion = "2.2.15",
        RoundTrip = TimeSpan.FromMilliseconds(20),
        ClockOffset = TimeSpan.FromMilliseconds(3),
        Link = PointsAt(link, own),
        Tower = tower,
    };

    private ValidatorNode Node(string name) => new()
    {
        Name = name,
        Host = new FakeHost(_changes),
        Link = new FakeLink(name, _changes),
        Lock = NotCalled<INodeLock>(),
        Rpc = NotCalled<IClusterRpc>(),
    };
}
