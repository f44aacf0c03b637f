using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.IntegrationTests.Nodes;

internal static class SampleTowers
{
    public static IReadOnlyList<TowerFile> Three { get; } = [.. Enumerable.Range(0, 3).Select(Of)];

    private static TowerFile Of(int number) => TowerWriter.Write(
        new TowerContents
        {
            Node = NodeFolders.StakedIdentity,
            Root = 100 + (ulong)number,
            Votes = [.. Enumerable.Range(0, 31).Select(i => new TowerVote(101 + (ulong)(number + i), 31 - i))],
        },
        ValidatorKeypair.Generate(1, "staked"));
}
