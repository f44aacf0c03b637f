using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Simulation.Gossip;
using Tachyon.Failover.Testing.StandIns.Wire;

namespace Tachyon.Failover.Testing.StandIns.Cluster;

/// <summary>A validator process, as the cluster process knows it.</summary>
internal sealed class ClusterMember(string node, int rpcPort, WireConnection connection) : IGossipListener
{
    private readonly List<WireMessage> _waiting = [];

    public string Node => node;

    public int RpcPort => rpcPort;

    public Pubkey? Identity { get; set; }

    /// <summary>The newest that it has told of itself, whether anybody heard it or not.</summary>
    public WireContact? Told { get; set; }

    /// <summary>Whether nothing gets to it, nor from it. What is for it waits: it will ask the others for what it has not got.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>The newest slot that it has replayed.</summary>
    public ulong Replayed { get; set; }

    public void Send(WireMessage message)
    {
        if (IsCutOff)
        {
            _waiting.Add(message);
        }
        else
        {
            connection.Send(message);
        }
    }

    /// <summary>Its network is well again. It hears gossip at once; the blocks that it has missed it must ask for first.</summary>
    public void Reconnect()
    {
        IsCutOff = false;
        foreach (var message in _waiting.OrderBy(message => message.Contact is null))
        {
            connection.Send(message);
        }

        _waiting.Clear();
    }

    public void OnGossipVote(Pubkey identity, ulong slot) =>
        Send(new WireMessage { GossipVote = new WireGossipVote(identity.ToString(), slot) });

    public void OnGossipContact(GossipContact contact) =>
        Send(new WireMessage { Contact = new WireContact(contact.Node, contact.Identity.ToString(), contact.Since.UtcTicks, contact.RpcPort) });
}
