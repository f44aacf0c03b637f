using System.Text.RegularExpressions;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.StandIns;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.IntegrationTests.StandIns;

/// <summary>Sets a node up as the one that was recorded, and makes its words comparable with the recorded ones.</summary>
internal sealed partial class GoldenScene
{
    private static readonly Dictionary<StandInClient, (string Staked, string Unstaked, string UnstakedFile, string Genesis, uint Garbage)> Recorded = new()
    {
        [StandInClient.Tachyon22] = ("AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq", "GhTRNLwZpbnUVFfr2TxmWXoFYS3hvyjdS6TgPjoeo4JJ", "unstaked-T.json", "G98YzpEwfWQnDFbwJccij9qMbQ8AXb4cUM2RFt94v1jP", 3568475198),
        [StandInClient.Agave40] = ("Ava45URX89ChEU8SDT2CTzHPs7fp84jBwHnR3tdGwCcz", "3LCLFv5NpNpaxnoYd6RZRCavT8bdwmp7YS7ptdRQaadH", "unstaked-S.json", "AsFhJprPdGWuKrstPHThhJy6jVz1TdKGhFgCEmTYP2ad", 927377703),
    };

    private readonly StandInClient _client;
    private readonly StandInNode _node;
    private readonly List<(string Recorded, string Ours)> _names;

    public GoldenScene(StandInClient client, StandInNode node, string? genesis = null)
    {
        _client = client;
        var recorded = Recorded[client];
        _node = node;
        _names =
        [
            ("/home/sol/bin/tachyon-validator", node.Program),
            ("/home/sol/staked.json", node.StakedKeypair),
            ($"/home/sol/{recorded.UnstakedFile}", node.UnstakedKeypair),
            ("/home/sol", node.Home),
            ("/mnt/ledger", node.Ledger),
            (recorded.Staked, node.StakedIdentity.ToString()),
            (recorded.Unstaked, node.UnstakedIdentity.ToString()),
        ];
        if (genesis is not null)
        {
            _names.Add((recorded.Genesis, genesis));
        }

        File.WriteAllText(Path.Combine(node.Home, "bad.json"), "[1,2,3]");
        Directory.CreateDirectory(Path.Combine(node.Home, "emptyledger"));
    }

    /// <summary>A recorded text with the names of this node.</summary>
    public string Ours(string recorded) => _names.Aggregate(recorded, (text, name) => text.Replace(name.Recorded, name.Ours, StringComparison.Ordinal));

    /// <summary>Numbers and times differ from run to run; so does the epoch's next leader slot.</summary>
    public static string WithoutNumbers(string text) => Numbers().Replace(text, "N");

    /// <summary>Puts the tower there that the recording of this name was made with.</summary>
    public void PlaceTower(string name)
    {
        File.Delete(_node.StakedTower);
        var staked = ValidatorKeypair.Load(_node.StakedKeypair);
        var good = TowerWriter.Write(new TowerContents { Node = staked.Pubkey, Votes = [new TowerVote(4700, 1)], Root = 4690 }, staked).Bytes.ToArray();
        byte[]? bytes = name switch
        {
            _ when name.EndsWith("tower-empty", StringComparison.Ordinal) => [],
            _ when name.EndsWith("tower-truncated", StringComparison.Ordinal) => good[..^100],
            _ when name.EndsWith("tower-bit-flipped", StringComparison.Ordinal) => [.. good[..500], (byte)(good[500] ^ 1), .. good[501..]],
            _ when name.EndsWith("tower-garbage", StringComparison.Ordinal) => [.. BitConverter.GetBytes(Recorded[_client].Garbage), .. good[4..]],
            _ when name.EndsWith("of-another-identity", StringComparison.Ordinal) =>
                TowerWriter.Write(new TowerContents { Node = _node.UnstakedIdentity, Votes = [new TowerVote(4700, 1)], Root = 4690 }, ValidatorKeypair.Load(_node.UnstakedKeypair)).Bytes.ToArray(),
            _ => null,
        };
        if (bytes is not null)
        {
            File.WriteAllBytes(_node.StakedTower, bytes);
        }
    }

    [GeneratedRegex(@"\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();
}
