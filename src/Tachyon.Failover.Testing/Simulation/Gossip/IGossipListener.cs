using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Testing.Simulation.Gossip;

/// <summary>A node's ear for gossip. It hears of the others only.</summary>
internal interface IGossipListener
{
    void OnGossipVote(Pubkey identity, ulong slot);

    void OnGossipContact(GossipContact contact);
}
