using System.Collections.Concurrent;
using System.Net;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Gossip;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Validator;

namespace Tachyon.Failover.Testing.Simulation.InMemory;

/// <summary>The simulated cluster in virtual time: the same chain, gossip and validators as in the stand-in processes.</summary>
internal sealed class MemoryCluster
{
    private readonly SeededRandom _network;
    private readonly Dictionary<string, ValidatorModel> _validators = [];
    private readonly Dictionary<string, SeededRandom> _boots = [];
    private readonly List<DateTimeOffset> _lateCalls = [];
    private readonly List<string> _nodes = [];

    public MemoryCluster(ChainOptions options, WorldRules? rules = null)
    {
        Rules = rules ?? new WorldRules();
        Events = new EventQueue(DateTimeOffset.UnixEpoch.AddYears(56));
        Seed = options.Seed;
        Identities = new ChainIdentities
        {
            Staked = KeyOf("staked"),
            VoteAccount = KeyOf("vote account"),
            Big = KeyOf("big"),
            BigVoteAccount = KeyOf("big vote account"),
        };
        Chain = new ChainModel(options, Identities, Events) { BankCompleted = OnBank };
        Chain.StakedCanLead = () => _validators.Values.Count(node => node.CanLead && (LeadsAtOnce || node.HasRootedItsVote) && node.Identity.Equals(Identities.Staked)) is var makers
            && (makers == 1 || (makers > 1 && !Rules.DuplicateBlocksAreLost));
        Gossip = new GossipModel(options.Seed, Events, Rules);
        _network = new SeededRandom(options.Seed, "network");
        Chain.MakeHistory("a");
        Chain.Run();
    }

    public ulong Seed { get; }

    /// <summary>What the nodes say they run. It may change in a run, as in an upgrade.</summary>
    public SimulatedClient Client { get; set; } = SimulatedClient.Tachyon22;

    /// <summary>Whether the validators were started with <c>--no-wait-for-vote-to-start-leader</c>. Then they lead at once after they have taken an identity.</summary>
    public bool LeadsAtOnce { get; set; }

    /// <summary>How long the validators that are started from now on take at most to replay a block.</summary>
    public TimeSpan LongestReplay { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The imperfections of the real world that this world has.</summary>
    public WorldRules Rules { get; }

    /// <summary>When the last of the calls that hang in a validator comes through.</summary>
    public DateTimeOffset LateCallsUntil => _lateCalls.DefaultIfEmpty().Max();

    public EventQueue Events { get; }

    public ChainModel Chain { get; }

    public GossipModel Gossip { get; }

    public ChainIdentities Identities { get; }

    private static ConcurrentDictionary<string, ValidatorKeypair> Keypairs { get; } = new(StringComparer.Ordinal);

    /// <summary>The keypair with a name: the same in every simulated cluster, so that it is created once.</summary>
    public static ValidatorKeypair KeypairOf(string name) => Keypairs.GetOrAdd(name, static name => ValidatorKeypair.Generate(0, name));

    /// <summary>A node's own identity.</summary>
    public static Pubkey KeyOf(string name) => KeypairOf(name).Pubkey;

    /// <summary>The staked identity's keypair.</summary>
    public static ValidatorKeypair StakedKeypair => KeypairOf("staked");

    /// <summary>The gossip address of a node: 10.0.0.1 for the first started node, and so on.</summary>
    public IPEndPoint GossipAddressOf(string node)
    {
        if (!_nodes.Contains(node))
        {
            _nodes.Add(node);
        }

        return new IPEndPoint(new IPAddress([10, 0, 0, (byte)(_nodes.IndexOf(node) + 1)]), 8001);
    }

    /// <summary>Records that a call hangs in a validator, and will come through.</summary>
    public void ExpectLateCall(TimeSpan hangs) => _lateCalls.Add(Events.Now + hangs);

    /// <summary>Whether a call that hangs in a validator comes through soon.</summary>
    public bool ExpectsLateCall(TimeSpan within) => _lateCalls.Exists(at => at > Events.Now && at <= Events.Now + within);

    /// <summary>Starts a validator process on a node.</summary>
    public ValidatorModel Start(string node, Pubkey identity, ITowerStore towers, bool withVoter = true, TimeSpan startTime = default, Func<DateTimeOffset>? wallClock = null)
    {
        if (!_boots.TryGetValue(node, out var boot))
        {
            _boots[node] = boot = new SeededRandom(Seed, $"boots of {node}");
        }

        var (announces, serves) = (boot.Milliseconds(1000, 5000), boot.Milliseconds(0, 1500));
        var options = new ValidatorOptions
        {
            Node = node,
            Seed = Seed,
            Identity = identity,
            VoteAccountNode = Identities.Staked,
            AuthorizedVoter = Identities.Staked,
            Voters = withVoter ? [Identities.Staked] : [],
            HasKeyLock = Client.HasKeyLock,
            LongestReplay = LongestReplay,
            StartTime = startTime,
            WallClock = wallClock,
            AnnouncesAfter = Rules.AnnouncesAtBootstrap ? announces : null,
            ServesLaterBy = Rules.ServesVotersEarly && startTime > TimeSpan.Zero ? serves : TimeSpan.Zero,
            SealedTowerGrows = Rules.SealedTowersGrow,
        };
        var validator = new ValidatorModel(options, Events, towers, new MemoryLink(node, this));
        _validators[node] = validator;
        Gossip.Join(node, validator);
        validator.Start([.. Chain.BanksFrom(Chain.FirstSlot)]);
        return validator;
    }

    /// <summary>Lets time pass.</summary>
    public void Run(TimeSpan time) => Events.RunUntil(Events.Now + time);

    /// <summary>Lets time pass until a condition holds.</summary>
    public void RunUntil(Func<bool> condition, TimeSpan limit)
    {
        var end = Events.Now + limit;
        while (!condition())
        {
            if (Events.Now > end || !Events.Step())
            {
                throw new TimeoutException("The simulated cluster did not come to that.");
            }
        }
    }

    internal TimeSpan Delay() => _network.Milliseconds(0.5, 3);

    private void OnBank(Bank bank)
    {
        foreach (var validator in _validators.Values)
        {
            Events.Schedule(Delay(), () => validator.OnBank(bank));
        }
    }
}
