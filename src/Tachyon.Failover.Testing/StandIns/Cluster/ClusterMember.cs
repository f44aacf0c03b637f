using Tachyon.Failover.Testing.Simulation.Gossip;
using Tachyon.Failover.Testing.StandIns.Wire;

namespace Tachyon.Failover.Testing.StandIns.Cluster;

/// <summary>A validator process in the view of the cluster process.</summary>
internal sealed class ClusterMember(string node, int rpcPort, WireConnection connection) : IGossipListener
{
    private readonly List<WireMessage> _waiting = [];

    public string Node => node;

    public int RpcPort => rpcPort;

    public Pubkey? Identity { get; set; }

    /// <summary>The newest contact that it has told gossip, even if no node received it.</summary>
    public WireContact? Told { get; set; }

    /// <summary>Whether it is cut off in both directions. Blocks for it wait: it will ask the others for them.</summary>
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

    /// <summary>Its network works again. It hears gossip at once. It must ask for the blocks that it has missed.</summary>
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
