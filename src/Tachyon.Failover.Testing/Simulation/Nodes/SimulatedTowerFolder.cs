using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>The staked identity's towers on a node's disk: the current one, and those moved aside. They outlive every process.</summary>
internal sealed class SimulatedTowerFolder(ValidatorKeypair staked, Func<DateTimeOffset> now) : ITowerStore
{
    private readonly List<SimulatedTower> _aside = [];
    private readonly List<DateTimeOffset> _begunAnew = [];
    private SimulatedTower? _current;

    /// <summary>The tower in its place; null if there is none.</summary>
    public SimulatedTower? Current
    {
        get => _current;
        set
        {
            _current = value;
            MayBeginAnew &= value is null;
            Version++;
            SavedAt = now();
            Changed?.Invoke(value);
        }
    }

    /// <summary>The towers that were moved aside, oldest first.</summary>
    public IReadOnlyList<SimulatedTower> Aside => _aside;

    /// <summary>Whether the validator may rebuild a missing tower from the chain: the disk was lost, or a policy allows it. Ends when there is a tower again.</summary>
    public bool MayBeginAnew { get; set; }

    /// <summary>When a validator saved a tower that it was allowed to rebuild from the chain. It forgets all votes that have not landed. Oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> BegunAnew => _begunAnew;

    /// <summary>The inode of the file in its place: a new number for every file.</summary>
    public long Version { get; private set; }

    /// <summary>When the file was put in its place.</summary>
    public DateTimeOffset SavedAt { get; private set; }

    /// <summary>Raised for every tower that comes into its place; null when the place becomes empty.</summary>
    public Action<SimulatedTower?>? Changed { get; set; }

    /// <summary>Moves the current tower aside.</summary>
    /// <returns>The number of its new name; null if there was nothing.</returns>
    public int? MoveAside()
    {
        if (_current is null)
        {
            return null;
        }

        _aside.Add(_current);
        Current = null;
        return _aside.Count;
    }

    public void Save(Pubkey identity, VoteStack stack, Bank votedFor)
    {
        // Other identities cast no vote and save no tower.
        if (identity.Equals(staked.Pubkey))
        {
            if (MayBeginAnew && _current is null)
            {
                _begunAnew.Add(now());
            }

            Current = SimulatedTower.Saved(staked, stack, votedFor);
        }
    }

    public SavedTower Load(Pubkey identity) => identity.Equals(staked.Pubkey) && _current is { } tower ? tower.Contents : SavedTower.Missing;
}
