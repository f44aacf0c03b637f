using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Judge;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.Simulation.Votes;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Soak;

/// <summary>One failover in virtual time, done in one of the ways of the table in validator.md, and what the chain saw of it.</summary>
internal sealed class RehearsalRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly SeededRandom _random;
    private readonly List<DateTimeOffset> _saves = [];

    public RehearsalRun(ulong seed, ChainOptions? chain = null, SimulatedClient? client = null)
    {
        _random = new SeededRandom(seed, "script");
        Cluster = new MemoryCluster((chain ?? new ChainOptions()) with { Seed = seed, LeaderShare = 0 }) { Client = client ?? SimulatedClient.Tachyon22 };
        if (!Cluster.Client.HasKeyLock)
        {
            // The cluster of 4.0.3 ran on two crowded cores. With this the library misses as many slots as it was measured to (0.05 and 0.11 in the mean, 1 at the most).
            Cluster.LongestReplay = TimeSpan.FromMilliseconds(200);
        }

        SourceTowers = new MemoryTowerStore { Saved = (_, _) => _saves.Add(Cluster.Events.Now) };
        TargetTowers = new MemoryTowerStore();
        Source = Cluster.Start("a", Staked, SourceTowers);
        Target = Cluster.Start("b", MemoryCluster.KeyOf("unstaked b"), TargetTowers);
        Source.Exited = _ => SourceExits++;
        Target.Exited = _ => TargetExits++;
        Cluster.Run(TimeSpan.FromSeconds(3) + _random.Milliseconds(0, 2000));
    }

    public MemoryCluster Cluster { get; }

    public MemoryTowerStore SourceTowers { get; }

    public MemoryTowerStore TargetTowers { get; }

    public ValidatorModel Source { get; }

    public ValidatorModel Target { get; }

    public int SourceExits { get; private set; }

    public int TargetExits { get; private set; }

    public Pubkey Staked => Cluster.Identities.Staked;

    public bool CopiedTowerWasFinal { get; private set; }

    public double SourceCallMilliseconds { get; private set; }

    public int Conflicts => FromTarget.Count(vote => vote.Error == VoteError.LockoutConflict);

    public int TooOld => FromTarget.Count(vote => vote.Error == VoteError.VoteTooOld && !vote.IsRepeat);

    /// <summary>The votes of either node that broke a lockout of either.</summary>
    public List<ulong> BrokenLockouts
    {
        get
        {
            var signed = Cluster.Chain.Votes.Where(vote => !vote.IsRepeat).OrderBy(vote => vote.SignedAt).ToList();
            return Lockouts.Broken(Cluster.Chain, signed[0].Stack, signed.Skip(1).Select(vote => vote.Slot));
        }
    }

    private IEnumerable<SentVote> FromTarget => Cluster.Chain.Votes.Where(vote => vote.Node == "b");

    public int Missed => Report.MissedSlots;

    /// <summary>Slots whose own vote did not land: those that are missed, and those whose vote was overtaken and came in with the tower of the next.</summary>
    public int WithoutOwnVote => Report.Slots.Count(slot => slot is { HasBlock: true, HasLandedVote: false });

    private ChainReport Report => ChainJudge.Report(Cluster.Chain, fromSlot: 4802);

    /// <summary>The guide's script: each command costs what starting a program does, and over ssh so much more.</summary>
    /// <param name="perCommand">What a command costs besides.</param>
    /// <param name="beforeCopy">How long after the demotion the copy begins. A copy that comes later is one by an ordinary <c>scp</c>, and takes 0.1 s itself.</param>
    public void Guide(TimeSpan perCommand, TimeSpan beforeCopy = default)
    {
        Call(Source, MemoryCluster.KeyOf("unstaked a"), requireTower: false);
        Pause(3 + (perCommand * 2).TotalMilliseconds + beforeCopy.TotalMilliseconds);
        var copied = SourceTowers.Files[Staked];
        TargetTowers.Files[Staked] = copied;
        Pause(12 + perCommand.TotalMilliseconds + (beforeCopy > TimeSpan.Zero ? 88 : 0));
        Call(Target, Staked, requireTower: true);
        Settle();
        CopiedTowerWasFinal = ReferenceEquals(copied, SourceTowers.Files[Staked]);
    }

    /// <summary>Guide's script with a tower that is left over, or with none.</summary>
    public void WithTower(SavedTower? tower)
    {
        Call(Source, MemoryCluster.KeyOf("unstaked a"), requireTower: false);
        Pause(12);
        if (tower is not null)
        {
            TargetTowers.Files[Staked] = tower;
        }

        Call(Target, Staked, requireTower: tower is not null);
        Settle();
    }

    /// <summary>As the library does it: fence right after a vote, one more vote, seal, drain, deliver, promote.</summary>
    public void Sealed(double oneWayMilliseconds)
    {
        AwaitSave();
        Pause(2);
        var before = Cluster.Events.Now;
        Call(Source, MemoryCluster.KeyOf("unstaked a"), requireTower: false);
        SourceCallMilliseconds = (Cluster.Events.Now - before).TotalMilliseconds;
        while (Cluster.Events.Now - _saves[^1] < TimeSpan.FromMilliseconds(480) && _saves[^1] < before + TimeSpan.FromMilliseconds(SourceCallMilliseconds))
        {
            Pause(1);
        }

        Source.RemoveAllAuthorizedVoters();
        Pause(30);
        var tower = SourceTowers.Files[Staked];
        Pause((2 * oneWayMilliseconds) + 12);
        TargetTowers.Files[Staked] = tower;
        Call(Target, Staked, requireTower: true);
        Settle();
        CopiedTowerWasFinal = ReferenceEquals(tower, SourceTowers.Files[Staked]);
    }

    public SavedTower TowerOf(MemoryTowerStore towers) => towers.Files[Staked];

    public void Call(ValidatorModel node, Pubkey identity, bool requireTower)
    {
        var done = false;
        node.SetIdentity(identity, requireTower, _ => done = true);
        Cluster.RunUntil(() => done, Limit);
    }

    public void AwaitSave()
    {
        var count = _saves.Count;
        Cluster.RunUntil(() => _saves.Count > count, Limit);
    }

    public void Pause(double milliseconds) => Cluster.Run(TimeSpan.FromMilliseconds(milliseconds));

    public void Settle() => Cluster.Run(TimeSpan.FromSeconds(18));
}
