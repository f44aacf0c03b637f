using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.InMemory;

/// <summary>The tower files of a node in virtual time. They outlive its processes.</summary>
internal sealed class MemoryTowerStore : ITowerStore
{
    public Dictionary<Pubkey, SavedTower> Files { get; } = [];

    /// <summary>Raised for every saved tower.</summary>
    public Action<Pubkey, VoteStack>? Saved { get; set; }

    public void Save(Pubkey identity, VoteStack stack, Bank votedFor)
    {
        Files[identity] = SavedTower.Of(stack);
        Saved?.Invoke(identity, stack);
    }

    public SavedTower Load(Pubkey identity) => Files.GetValueOrDefault(identity) ?? SavedTower.Missing;
}
