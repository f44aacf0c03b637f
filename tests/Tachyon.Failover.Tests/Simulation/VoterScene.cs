using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.InMemory;
using Tachyon.Failover.Testing.Simulation.Judge;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>One staked validator on a chain with faults, and every tower that it saved.</summary>
internal sealed class VoterScene
{
    private readonly List<VoteStack> _saved = [];

    public VoterScene(ChainOptions options)
    {
        Cluster = new MemoryCluster(options);
        Towers = new MemoryTowerStore
        {
            Saved = (_, stack) =>
            {
                _saved.Add(stack);
                SavedNow?.Invoke(stack);
            },
        };
        Start(TimeSpan.Zero);
    }

    public MemoryCluster Cluster { get; }

    public ChainModel Chain => Cluster.Chain;

    public MemoryTowerStore Towers { get; }

    public ValidatorModel Validator { get; private set; } = null!;

    public Pubkey Staked => Cluster.Identities.Staked;

    /// <summary>Every tower that was saved, in order: the votes that were signed.</summary>
    public IReadOnlyList<VoteStack> Saved => _saved;

    public Action<VoteStack>? SavedNow { get; set; }

    public List<string> Exits { get; } = [];

    /// <summary>The slots voted for, in the order of signing.</summary>
    public List<ulong> Voted => [.. _saved.Select(stack => stack.LastSlot!.Value)];

    /// <summary>The process is started, or restarted.</summary>
    public void Start(TimeSpan startTime)
    {
        Validator = Cluster.Start("a", Staked, Towers, startTime: startTime);
        Validator.Exited = Exits.Add;
    }

    public void Run(double seconds) => Cluster.Run(TimeSpan.FromSeconds(seconds));

    /// <summary>The bank of a slot, on whichever fork.</summary>
    public Bank? AnyBankAt(ulong slot) => Chain.BankAt(slot) ?? Chain.OrphanAt(slot);

    /// <summary>The votes that broke a lockout.</summary>
    public List<ulong> BrokenLockouts() => Lockouts.Broken(Chain, _saved[0], Voted.Skip(1));
}
