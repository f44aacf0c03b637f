using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.Simulation.Votes;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>A tower on a disk. Only its validator reads most towers, so the bytes are built, and signed, on demand.</summary>
/// <remarks>Two towers are the same only if they are one object, or have the same bytes.</remarks>
internal sealed class SimulatedTower
{
    private readonly Func<TowerFile>? _write;
    private TowerFile? _file;

    private SimulatedTower(SavedTower contents, Func<TowerFile>? write, TowerFile? file)
    {
        Contents = contents;
        _write = write;
        _file = file;
    }

    /// <summary>The result of a validator's read.</summary>
    public SavedTower Contents { get; }

    public TowerFile File => _file ??= _write!();

    /// <summary>The slot of its newest vote; null if it cannot be read.</summary>
    public ulong? LastSlot => Contents.Stack?.LastSlot;

    /// <summary>Creates the tower that a validator saves.</summary>
    public static SimulatedTower Saved(ValidatorKeypair identity, VoteStack stack, Bank votedFor) =>
        new(SavedTower.Of(stack), () => SignedTowers.Of(identity, stack, votedFor), file: null);

    /// <summary>Creates a tower from bytes that were put there.</summary>
    public static SimulatedTower Of(TowerFile file, Pubkey identity) =>
        new(ValidatorTowerFile.Read(file.Bytes.ToArray(), identity), write: null, file);

    public bool IsSame(SimulatedTower other) => ReferenceEquals(this, other) || File.Equals(other.File);
}
