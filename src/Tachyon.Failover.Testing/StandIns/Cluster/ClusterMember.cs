using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Simulation.Gossip;
using Tachyon.Failover.Testing.StandIns.Wire;

namespace Tachyon.Failover.Testing.StandIns.Cluster;

/// <summary>A validator process, as the cluster process knows it.</summary>
internal sealed class ClusterMember(string node, int rpcPort, WireConnection connection) : IGossipListener
{
    public string Node => node;

    public int RpcPort => rpcPort;

    public WireConnection Connection => connection;

    public Pubkey? Identity { get; set; }

    /// <summary>The newest slot that it has replayed.</summary>
    public ulong Replayed { get; set; }

    public void OnGossipVote(Pubkey identity, ulong slot) =>
        connection.Send(new WireMessage { GossipVote = new WireGossipVote(identity.ToString(), slot) });

    public void OnGossipContact(GossipContact contact) =>
        connection.Send(new WireMessage { Contact = new WireContact(contact.Node, contact.Identity.ToString(), contact.Since.UtcTicks, contact.RpcPort) });
}
