using System.Net.Sockets;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Gossip;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Votes;
using Tachyon.Failover.Testing.StandIns.Wire;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.StandIns.Cluster;

/// <summary>The validator processes that are connected.</summary>
internal sealed class ClusterMembers(EventPump pump, ChainModel chain, GossipModel gossip)
{
    private readonly List<ClusterMember> _members = [];
    private readonly Dictionary<string, ulong> _cutOff = new(StringComparer.Ordinal);

    /// <summary>Sends a new block to all.</summary>
    public void OnBank(Bank bank)
    {
        var message = new WireMessage { Bank = WireBank.Of(bank) };
        foreach (var member in _members)
        {
            member.Send(message);
        }
    }

    /// <summary>Whether a living process that has kept up runs an identity.</summary>
    public bool SomebodyRuns(Pubkey identity) =>
        _members.Exists(member => identity.Equals(member.Identity) && member.Replayed + 4 > chain.Newest.Slot);

    /// <summary>The newest slot that a cut-off node can know; null if it is not cut off.</summary>
    public ulong? CutOffAt(string node) => _cutOff.TryGetValue(node, out var slot) ? slot : null;

    /// <summary>Cuts a node off in both directions, with every process that it starts.</summary>
    public void CutOff(string node)
    {
        _cutOff.TryAdd(node, chain.Newest.Slot);
        _members.FindAll(member => member.Node == node).ForEach(member => member.IsCutOff = true);
    }

    /// <summary>A node's network works again: it gets what it has missed, and gossip about it continues. Votes that it sent in between are lost.</summary>
    public void Reconnect(string node)
    {
        _cutOff.Remove(node);
        foreach (var member in _members.FindAll(member => member.Node == node))
        {
            member.Reconnect();
            if (member.Told is { } contact)
            {
                Receive(member, new WireMessage { Contact = contact });
            }
        }
    }

    public async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var connection = new WireConnection(await listener.AcceptSocketAsync().ConfigureAwait(false));
                _ = ServeAsync(connection);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The process ends.
        }
    }

    private async Task ServeAsync(WireConnection connection)
    {
        using (connection)
        {
            ClusterMember? member = null;
            await connection.ReadAsync(message => pump.Post(() =>
            {
                if (message.Join is { } join)
                {
                    member = Welcome(join, connection);
                }
                else if (member is not null)
                {
                    Receive(member, message);
                }
            })).ConfigureAwait(false);

            pump.Post(() =>
            {
                if (member is not null && _members.Remove(member))
                {
                    gossip.Leave(member.Node, member);
                }
            });
        }
    }

    private ClusterMember Welcome(WireJoin join, WireConnection connection)
    {
        var member = new ClusterMember(join.Node, join.RpcPort, connection);
        var banks = chain.BanksFrom(chain.Newest.Slot - 160).ToArray();
        var known = CutOffAt(join.Node) ?? chain.Newest.Slot;
        connection.Send(new WireMessage { History = [.. banks.Where(bank => bank.Slot <= known).Select(WireBank.Of)] });
        member.IsCutOff = CutOffAt(join.Node) is not null;
        foreach (var bank in banks.Where(bank => bank.Slot > known))
        {
            member.Send(new WireMessage { Bank = WireBank.Of(bank) });
        }

        _members.Add(member);
        gossip.Join(join.Node, member);
        return member;
    }

    private void Receive(ClusterMember member, WireMessage message)
    {
        member.Told = message.Contact ?? member.Told;
        if (member.IsCutOff)
        {
            return;
        }

        if (message.Replayed is { } slot)
        {
            member.Replayed = slot;
        }

        if (message.Vote is { } vote)
        {
            var stack = new VoteStack([.. vote.Slots.Zip(vote.Confirmations, (slot, count) => new TowerVote(slot, count))], vote.Root);
            chain.Receive(member.Node, Pubkey.Parse(vote.Identity), stack, new DateTimeOffset(vote.SignedTicks, TimeSpan.Zero));
        }

        if (message.GossipVote is { } gossipVote)
        {
            gossip.PushVote(member.Node, Pubkey.Parse(gossipVote.Identity), gossipVote.Slot);
        }

        if (message.Contact is { } contact)
        {
            member.Identity = Pubkey.Parse(contact.Identity);
            gossip.Announce(new GossipContact(member.Node, member.Identity, new DateTimeOffset(contact.SinceTicks, TimeSpan.Zero), member.RpcPort));
        }
    }
}
