using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.Simulation.Votes;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>A tower on a disk. Most are never looked at by anybody but their validator, so the bytes are made, and signed, when they are asked for.</summary>
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

    /// <summary>What a validator finds in it.</summary>
    public SavedTower Contents { get; }

    public TowerFile File => _file ??= _write!();

    /// <summary>The slot of its newest vote; null if it cannot be read.</summary>
    public ulong? LastSlot => Contents.Stack?.LastSlot;

    /// <summary>The tower that a validator saves.</summary>
    public static SimulatedTower Saved(ValidatorKeypair identity, VoteStack stack, Bank votedFor) =>
        new(SavedTower.Of(stack), () => SignedTowers.Of(identity, stack, votedFor), file: null);

    /// <summary>The tower that somebody puts there as bytes.</summary>
    public static SimulatedTower Of(TowerFile file, Pubkey identity) =>
        new(ValidatorTowerFile.Read(file.Bytes.ToArray(), identity), write: null, file);

    public bool IsSame(SimulatedTower other) => ReferenceEquals(this, other) || File.Equals(other.File);
}
