using System.Text.Json;
using System.Text.Json.Nodes;
using Tachyon.Failover.Testing.Ssh;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Rehearsal;

/// <summary>Keeps the cluster and the stand-ins running, with a pair file, so that a user can try samples/FailoverCli on them.</summary>
internal static class Practice
{
    private const int Done = 0;
    private const int CouldNotKeep = 2;

    public static async Task<int> KeepAsync(FileInfo pairFile, RehearsalOptions options, CancellationToken cancellationToken)
    {
        if (pairFile.Exists)
        {
            await Console.Error.WriteLineAsync($"{pairFile.FullName} is there already, and is not overwritten. Give another name, or remove it.");
            return CouldNotKeep;
        }

        try
        {
            Console.WriteLine("Starting a cluster and two stand-in validators ...");
            await using var scene = await Scene.SetAsync(options, cancellationToken);
            var written = Path.Combine(scene.Folder, "pair.json");
            await File.WriteAllTextAsync(written, PairOf(scene).ToJsonString(new JsonSerializerOptions { WriteIndented = true }), cancellationToken);
            File.Move(written, pairFile.FullName);
            try
            {
                Console.WriteLine($"The staked identity {scene.Cluster.StakedIdentity} is at {scene.Cluster.A.Name}. In another terminal:");
                Console.WriteLine($"  dotnet run --project samples/FailoverCli -- status --pair {pairFile.FullName}");
                Console.WriteLine($"  dotnet run --project samples/FailoverCli -- switchover --no-window --pair {pairFile.FullName}");
                Console.WriteLine("Ctrl-C here ends them, and removes the pair file.");
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return Done;
            }
            finally
            {
                pairFile.Delete();
            }
        }
        catch (Exception exception) when (exception is StandInException or LoopbackSshdException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The stand-ins could not be set up: {exception.Message}");
            return CouldNotKeep;
        }
    }

    private static JsonObject PairOf(Scene scene) => new()
    {
        ["identity"] = scene.Cluster.StakedIdentity.ToString(),
        ["journal"] = Path.Combine(scene.Folder, "journal"),
        ["nodes"] = new JsonArray([.. scene.Cluster.Nodes.Select(JsonNode (node) => NodeOf(scene, node))]),
    };

    private static JsonObject NodeOf(Scene scene, StandInNode node) => new JsonObject
    {
        ["name"] = node.Name,
        ["shell"] = ShellOf(scene.HostOf(node)),
        ["program"] = node.Program,
        ["ledger"] = node.Ledger,
        ["identityLink"] = node.IdentityLink,
        ["stakedKeypair"] = node.StakedKeypair,
        ["unstakedKeypair"] = node.UnstakedKeypair,
        ["rpcPort"] = node.RpcPort,
    };

    private static JsonObject ShellOf(SshHost? host) => host is null
        ? new JsonObject { ["kind"] = "local" }
        : new JsonObject
        {
            ["kind"] = "ssh",
            ["host"] = "127.0.0.1",
            ["port"] = host.Port,
            ["user"] = host.Server.User,
            ["keyFile"] = host.Server.ClientKeyFile,
            ["knownHosts"] = host.KnownHostsFile,
        };
}
