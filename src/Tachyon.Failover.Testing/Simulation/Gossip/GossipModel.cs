using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Testing.Simulation.Gossip;

/// <summary>
/// What the nodes tell one another of themselves and of their votes, with its delay. A node tells what is new ten times a second (from the source), and a second node passes it on: a vote
/// that is in gossip reaches the others after 20 to 150 ms. A node notices 2.3 s later that another process has taken its identity (validator.md, "Two at once").
/// </summary>
internal sealed class GossipModel(ulong seed, EventQueue events, WorldRules rules)
{
    private readonly SeededRandom _random = new(seed, "gossip");
    private readonly Dictionary<string, IGossipListener> _listeners = [];
    private readonly Dictionary<Pubkey, GossipContact> _contacts = [];
    private readonly Dictionary<(string Node, Pubkey Identity), ulong> _votes = [];

    /// <summary>The newest contact of each identity, dead nodes included.</summary>
    public IEnumerable<GossipContact> Contacts => _contacts.Values;

    /// <summary>Adds a node, and gives it the votes that gossip holds.</summary>
    public void Join(string node, IGossipListener listener)
    {
        _listeners[node] = listener;
        foreach (var ((from, identity), slot) in _votes)
        {
            if (rules.HearsOwnVotes || !string.Equals(from, node, StringComparison.Ordinal))
            {
                listener.OnGossipVote(identity, slot);
            }
        }
    }

    /// <summary>Removes a node. Its contacts stay; a contact under way arrives.</summary>
    public void Leave(string node, IGossipListener listener)
    {
        // After a restart, the node has another listener.
        if (ReferenceEquals(_listeners.GetValueOrDefault(node), listener))
        {
            _listeners.Remove(node);
        }
    }

    public void Announce(GossipContact contact)
    {
        if (rules.ContactsLinger && _contacts.TryGetValue(contact.Identity, out var known) && known.Since > contact.Since)
        {
            // The other nodes ignore an older contact. Its sender hears of the newer one.
            events.Schedule(_random.Milliseconds(2100, 2500), () => _listeners.GetValueOrDefault(contact.Node)?.OnGossipContact(known));
            return;
        }

        _contacts[contact.Identity] = contact;
        events.Schedule(_random.Milliseconds(2100, 2500), () => Tell(contact.Node, listener => listener.OnGossipContact(contact)));
    }

    public void PushVote(string node, Pubkey identity, ulong slot)
    {
        _votes[(node, identity)] = Math.Max(slot, _votes.GetValueOrDefault((node, identity)));
        events.Schedule(_random.Milliseconds(20, 150), () => Tell(node, listener => listener.OnGossipVote(identity, slot)));
    }

    private void Tell(string from, Action<IGossipListener> what)
    {
        foreach (var (node, listener) in _listeners.ToArray())
        {
            if (!string.Equals(node, from, StringComparison.Ordinal))
            {
                what(listener);
            }
        }
    }
}
