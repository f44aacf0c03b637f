using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>The tower files of a validator.</summary>
internal interface ITowerStore
{
    /// <summary>Saves the tower of an identity: complete, in one step.</summary>
    void Save(Pubkey identity, VoteStack stack, Bank votedFor);

    /// <summary>Opens, decodes and verifies the tower of an identity. Does not check whether it is fresh.</summary>
    SavedTower Load(Pubkey identity);
}
