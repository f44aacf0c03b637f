using System.Net;
using System.Net.Sockets;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.Simulation.Votes;
using Tachyon.Failover.Testing.StandIns.Wire;

namespace Tachyon.Failover.Testing.StandIns.Validator;

/// <summary>A validator process's connection to the cluster process.</summary>
internal sealed class ClusterConnection : IValidatorLink, IDisposable
{
    private readonly string _node;
    private readonly int _rpcPort;
    private readonly Faults _faults;
    private readonly WireConnection _connection;

    private ClusterConnection(ValidatorProcessOptions options, int rpcPort, Faults faults, WireConnection connection)
    {
        _node = options.Node;
        _rpcPort = rpcPort;
        _faults = faults;
        _connection = connection;
        connection.Send(new WireMessage { Join = new WireJoin(_node, rpcPort) });
    }

    public static async Task<ClusterConnection> OpenAsync(ValidatorProcessOptions options, int rpcPort, Faults faults)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, options.LinkPort).ConfigureAwait(false);
        return new ClusterConnection(options, rpcPort, faults, new WireConnection(socket));
    }

    public Task ReadAsync(Action<WireMessage> receive) => _connection.ReadAsync(receive);

    public void Replayed(ulong slot) => _connection.Send(new WireMessage { Replayed = slot });

    public void SendVote(Pubkey identity, VoteStack stack, DateTimeOffset signedAt)
    {
        if (_faults.TakeDroppedVote())
        {
            return;
        }

        var vote = new WireVote(identity.ToString(), [.. stack.Votes.Select(vote => vote.Slot)], [.. stack.Votes.Select(vote => vote.ConfirmationCount)], stack.Root, signedAt.UtcTicks);
        _connection.Send(new WireMessage { Vote = vote });
    }

    public void PushVote(Pubkey identity, ulong slot) =>
        _connection.Send(new WireMessage { GossipVote = new WireGossipVote(identity.ToString(), slot) });

    public void Announce(Pubkey identity, DateTimeOffset since) =>
        _connection.Send(new WireMessage { Contact = new WireContact(_node, identity.ToString(), since.UtcTicks, _rpcPort) });

    public void Dispose() => _connection.Dispose();
}
