namespace Tachyon.Failover.Testing.Simulation.Gossip;

/// <summary>Receives gossip for a node. It hears of the other nodes only.</summary>
internal interface IGossipListener
{
    void OnGossipVote(Pubkey identity, ulong slot);

    void OnGossipContact(GossipContact contact);
}
