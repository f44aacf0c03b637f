using Tachyon.Failover.Testing.Simulation.Gossip;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.InMemory;

/// <summary>Sends a validator's messages, in virtual time.</summary>
internal sealed class MemoryLink(string node, MemoryCluster cluster) : IValidatorLink
{
    public void SendVote(Pubkey identity, VoteStack stack, DateTimeOffset signedAt) =>
        cluster.Events.Schedule(cluster.Delay(), () => cluster.Chain.Receive(node, identity, stack, signedAt));

    public void PushVote(Pubkey identity, ulong slot) => cluster.Gossip.PushVote(node, identity, slot);

    public void Announce(Pubkey identity, DateTimeOffset since) => cluster.Gossip.Announce(new GossipContact(node, identity, since, 0));
}
