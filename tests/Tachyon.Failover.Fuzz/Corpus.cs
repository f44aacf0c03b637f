using System.Text;

namespace Tachyon.Failover.Fuzz;

/// <summary>The inputs that the changes begin with.</summary>
internal static class Corpus
{
    public const string PairFile =
        """
        {
          "identity": "AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq",
          "cluster": "https://rpc.example.com",
          "nodes": [
            { "name": "a", "shell": { "kind": "openssh", "host": "north" }, "ledger": "/mnt/ledger", "identityLink": "/home/sol/identity.json", "stakedKeypair": "/home/sol/staked.json", "unstakedKeypair": "/home/sol/unstaked.json" },
            { "name": "b", "shell": { "kind": "openssh", "host": "south" }, "ledger": "/mnt/ledger", "identityLink": "/home/sol/identity.json", "stakedKeypair": "/home/sol/staked.json", "unstakedKeypair": "/home/sol/unstaked.json", "rpcPort": 8899 }
          ],
          "daemon": { "guard": { "clockDrift": 0.01 } },
          "options": { "minimumIdle": "none", "verifyTimeout": "30s" }
        }
        """;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Corpus");

    /// <summary>The files whose names match.</summary>
    public static IEnumerable<byte[]> Files(string pattern) => Directory.GetFiles(Folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    public static IEnumerable<byte[]> Texts(params string[] texts) => texts.Select(Encoding.UTF8.GetBytes);

    /// <summary>The files whose names match, each as base64.</summary>
    public static IEnumerable<byte[]> InBase64(string pattern) => Files(pattern).Select(static bytes => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)));

    /// <summary>The answers to calls in recordings of a validator's JSON-RPC.</summary>
    public static IEnumerable<byte[]> Answers() => Files("json-rpc.json").SelectMany(static bytes => Encoding.UTF8.GetString(bytes).Split('\n')).Select(static line => line.Trim().TrimEnd(','))
        .Where(static line => line.Contains("result", StringComparison.Ordinal) || line.Contains("error", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)
        .Where(static bytes => bytes.Length < 8192);
}
