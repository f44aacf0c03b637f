using System.Collections.Concurrent;
using System.Net;
using Moq;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Hosts;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Tests.Towers;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Tests.Preflight;

/// <summary>Two nodes, a and b, and what they say. Towers are recorded ones.</summary>
internal sealed class PreflightScene
{
    public static readonly Pubkey Staked = GoldenTowers.Identity(GoldenTowers.Full);
    public static readonly Pubkey OwnOfA = ValidatorKeypair.Generate(1, "a").Pubkey;
    public static readonly Pubkey OwnOfB = ValidatorKeypair.Generate(1, "b").Pubkey;
    public static readonly Pubkey Foreign = ValidatorKeypair.Generate(1, "somebody else").Pubkey;

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
    };

    public static PairSurvey Silent { get; } = new()
    {
        Source = Good.Source with { ContactInfo = NoAnswer, Inspection = NoAnswer, Link = NoAnswer, Tower = NoAnswer },
        Target = Good.Target with { ContactInfo = NoAnswer, Inspection = NoAnswer, Link = NoAnswer, Tower = NoAnswer },
        VoteAccount = NoAnswer,
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

    public static ValidatorContactInfo Runs(Pubkey identity, int shredVersion = 10821, string? gossip = null) =>
        new() { Identity = identity, ShredVersion = shredVersion, Gossip = gossip is null ? null : IPEndPoint.Parse(gossip) };

    public static ValidatorInspection Has(Pubkey? staked, Pubkey? unstaked) => new() { Version = "tachyon-validator 2.2.15", StakedIdentity = staked, UnstakedIdentity = unstaked };

    public static IdentityLinkTarget PointsAt(IdentityRole? identity) => new() { Path = $"/home/sol/{identity?.ToString() ?? "foreign"}.json", Identity = identity };

    /// <summary>A part of the pair that no check has any business with: it throws when it is called.</summary>
    private static T NotCalled<T>()
        where T : class => new Mock<T>(MockBehavior.Strict).Object;

    private static NodeSurvey Survey(NodeSide side, string name, Pubkey runs, Pubkey own, IdentityRole link, CallResult<TowerFile> tower) => new()
    {
        Side = side,
        Name = name,
        ContactInfo = Runs(runs, gossip: side == NodeSide.Source ? "192.0.2.1:8001" : "192.0.2.2:8001"),
        Inspection = Has(Staked, own),
        Link = PointsAt(link),
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
