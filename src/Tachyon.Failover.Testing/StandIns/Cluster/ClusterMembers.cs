using System.Net.Sockets;
using Tachyon.Failover.Identities;
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

    /// <summary>Sends a new block to all.</summary>
    public void OnBank(Bank bank)
    {
        var message = new WireMessage { Bank = WireBank.Of(bank) };
        foreach (var member in _members)
        {
            member.Connection.Send(message);
        }
    }

    /// <summary>Whether a process that is alive and has kept up runs an identity.</summary>
    public bool SomebodyRuns(Pubkey identity) =>
        _members.Exists(member => identity.Equals(member.Identity) && member.Replayed + 4 > chain.Newest.Slot);

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
        connection.Send(new WireMessage { History = [.. chain.BanksFrom(chain.Newest.Slot - 160).Select(WireBank.Of)] });
        _members.Add(member);
        gossip.Join(join.Node, member);
        return member;
    }

    private void Receive(ClusterMember member, WireMessage message)
    {
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
