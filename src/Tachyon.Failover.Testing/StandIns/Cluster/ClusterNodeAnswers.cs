using System.Globalization;
using System.Net;
using System.Text.Json;
using Tachyon.Failover.Testing.Simulation.Gossip;
using Tachyon.Failover.Testing.StandIns.Commands;

namespace Tachyon.Failover.Testing.StandIns.Cluster;

/// <summary>Gossip, as <c>getClusterNodes</c> shows it.</summary>
internal static class ClusterNodeAnswers
{
    /// <summary>The addresses of a node: invented, except for its JSON-RPC, and always the same, as in the node's own contact info.</summary>
    public static string Address(string node, int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{BasePort(node) + port}");

    /// <summary>The address of what a node does not take.</summary>
    public const string NoPort = "127.0.0.1:1";

    /// <summary>The address of a node's JSON-RPC for others, with the port that it has on the node itself. It is a separate address, so that the node can be cut off from the others.</summary>
    public static IPAddress PublicAddress { get; } = new([127, 0, 0, 2]);

    public static string PublicRpc(int port) => string.Create(CultureInfo.InvariantCulture, $"{PublicAddress}:{port}");

    public static void Write(Utf8JsonWriter writer, ClientWords client, IEnumerable<GossipContact> contacts, Pubkey big)
    {
        writer.WriteStartArray();
        foreach (var contact in contacts)
        {
            WriteNode(writer, client, contact.Node, contact.Identity, PublicRpc(contact.RpcPort));
        }

        WriteNode(writer, client, "big", big, Address("big", 899));
        writer.WriteEndArray();
    }

    private static int BasePort(string node) => node switch
    {
        "a" => 28000,
        "b" => 38000,
        _ => 18000,
    };

    private static void WriteNode(Utf8JsonWriter writer, ClientWords client, string node, Pubkey identity, string rpc)
    {
        writer.WriteStartObject();
        if (client.Published is not null)
        {
            writer.WriteString("clientId", client.Published);
        }

        writer.WriteNumber("featureSet", client.FeatureSet);
        writer.WriteString("gossip", Address(node, 1));
        writer.WriteString("pubkey", identity.ToString());
        writer.WriteString("pubsub", Address(node, 900));
        writer.WriteString("rpc", rpc);
        writer.WriteString("serveRepair", Address(node, 13));
        writer.WriteNumber("shredVersion", ClusterMethods.ShredVersion);
        writer.WriteString("tpu", client.TakesUdp ? Address(node, 4) : null);
        writer.WriteString("tpuForwards", client.TakesUdp ? Address(node, 5) : null);
        writer.WriteString("tpuForwardsQuic", Address(node, 11));
        writer.WriteString("tpuQuic", Address(node, 10));
        writer.WriteString("tpuVote", Address(node, 6));
        writer.WriteString("tvu", Address(node, 2));
        writer.WriteString("version", client.Version);
        writer.WriteEndObject();
    }
}
