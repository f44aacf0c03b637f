using System.Text.Json;
using Tachyon.Failover.IntegrationTests.Switchovers;

namespace Tachyon.Failover.IntegrationTests.Cli;

/// <summary>Writes the pair file of two stand-ins with real sshd.</summary>
internal static class PairFileOfScene
{
    /// <summary>Writes it, with a journal beside it.</summary>
    /// <returns>The path of the file.</returns>
    public static string Write(SwitchoverScene scene, string folder)
    {
        var path = Path.Combine(folder, "pair.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["identity"] = scene.Cluster.StakedIdentity.ToString(),
            ["cluster"] = scene.Cluster.RpcUri,
            ["journal"] = Path.Combine(folder, "state", "pair.journal"),
            ["nodes"] = new[] { scene.Active, scene.Inactive }.OrderBy(node => node.Node.Name, StringComparer.Ordinal).Select(Node),
        }));
        return path;
    }

    /// <summary>What a person would call the nodes.</summary>
    public static string NameOf(SceneNode node) => node.Node.Name == "a" ? "north" : "south";

    private static Dictionary<string, object> Node(SceneNode node) => new(StringComparer.Ordinal)
    {
        ["name"] = NameOf(node),
        ["shell"] = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["kind"] = "ssh", ["host"] = node.Login.Host, ["port"] = node.Login.Port, ["user"] = node.Login.User, ["keyFile"] = node.Login.KeyFile, ["knownHosts"] = node.KnownHostsFile,
        },
        ["program"] = node.Settings.Program,
        ["ledger"] = node.Settings.Ledger,
        ["identityLink"] = node.Settings.IdentityLink,
        ["stakedKeypair"] = node.Settings.StakedKeypair,
        ["unstakedKeypair"] = node.Settings.UnstakedKeypair,
        ["rpcPort"] = node.Settings.RpcPort,
    };
}
