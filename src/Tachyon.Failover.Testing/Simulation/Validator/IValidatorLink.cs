using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>What a validator sends to the others.</summary>
internal interface IValidatorLink
{
    /// <summary>Sends a vote to the leader.</summary>
    void SendVote(Pubkey identity, VoteStack stack);

    /// <summary>Tells gossip of a vote.</summary>
    void PushVote(Pubkey identity, ulong slot);

    /// <summary>Tells gossip which identity it runs now.</summary>
    void Announce(Pubkey identity, DateTimeOffset since);
}
