using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>Sends a validator's messages to the others.</summary>
internal interface IValidatorLink
{
    /// <summary>Sends a vote to the leader.</summary>
    /// <param name="identity">The signer.</param>
    /// <param name="stack">Its content.</param>
    /// <param name="signedAt">When it was signed. It may be sent up to half a second later.</param>
    void SendVote(Pubkey identity, VoteStack stack, DateTimeOffset signedAt);

    /// <summary>Tells gossip of a vote.</summary>
    void PushVote(Pubkey identity, ulong slot);

    /// <summary>Tells gossip which identity it runs now.</summary>
    void Announce(Pubkey identity, DateTimeOffset since);
}
