using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Gossip;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.StandIns.Launching;
using Tachyon.Failover.Testing.StandIns.Commands;
using Tachyon.Failover.Testing.StandIns.Rpc;
using Tachyon.Failover.Testing.StandIns.Wire;

namespace Tachyon.Failover.Testing.StandIns.Cluster;

/// <summary>The process of the cluster: chain and gossip in real time, a port for the validators, and the cluster's JSON-RPC.</summary>
internal static class ClusterProcess
{
    public static async Task<int> RunAsync(string optionsPath)
    {
        using var file = File.OpenRead(optionsPath);
        var options = (await JsonSerializer.DeserializeAsync(file, WireJson.Default.ClusterProcessOptions).ConfigureAwait(false))!;
        using var pump = new EventPump(TimeProvider.System);
        var identities = new ChainIdentities
        {
            Staked = Pubkey.Parse(options.Staked),
            VoteAccount = Pubkey.Parse(options.VoteAccount),
            Big = Pubkey.Parse(options.Big),
            BigVoteAccount = Pubkey.Parse(options.BigVoteAccount),
        };
        var chainOptions = new ChainOptions
        {
            Seed = options.Seed,
            SlotDuration = TimeSpan.FromMilliseconds(options.SlotMilliseconds),
            SlotsPerEpoch = options.SlotsPerEpoch,
            StartSlot = options.StartSlot,
            SkippedSlots = options.SkippedSlots,
            LateVotes = options.LateVotes,
            LostVotes = options.LostVotes,
            LeaderShare = options.LeaderShare,
        };

        var chain = new ChainModel(chainOptions, identities, pump.Queue);
        var gossip = new GossipModel(options.Seed, pump.Queue, new WorldRules());
        var members = new ClusterMembers(pump, chain, gossip);
        chain.BankCompleted = members.OnBank;
        chain.StakedCanLead = () => members.SomebodyRuns(identities.Staked);

        using var link = new TcpListener(IPAddress.Loopback, 0);
        link.Start();
        _ = members.AcceptAsync(link);
        var methods = new ClusterMethods(ClientWords.Of(options.Client), pump, chain, gossip, members);
        var overrides = new RpcOverrides();
        using var rpc = new JsonRpcHttpServer(IPAddress.Loopback, 0, request => Task.FromResult(overrides.Find(request.Method) ?? methods.Answer(request)));
        pump.Post(() => chain.MakeHistory(options.HistoryNode));
        ProcessControl.Say(new ControlMessage { Ready = true, RpcPort = rpc.Port, LinkPort = ((IPEndPoint)link.LocalEndpoint).Port });
        await ProcessControl.ObeyAsync(order =>
        {
            overrides.Obey(order);
            if (order.CutOff is { } lost)
            {
                pump.Post(() => members.CutOff(lost));
            }

            if (order.Reconnect is { } found)
            {
                pump.Post(() => members.Reconnect(found));
            }

            if (order.Go is true)
            {
                pump.Post(chain.Run);
            }
        }).ConfigureAwait(false);
        return 0;
    }
}
