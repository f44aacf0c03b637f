using Tachyon.Failover.IntegrationTests.StandIns;
using Tachyon.Failover.IntegrationTests.Switchovers;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover.IntegrationTests.Preflight;

/// <summary>Everything on two nodes that a program could have changed.</summary>
/// <param name="Files">The files, folders and links of homes and ledgers with inodes, modes, owners, sizes, times and targets.</param>
/// <param name="Identities">The running identities.</param>
/// <param name="HaveVoters">Whether the validators have their authorized voters.</param>
internal sealed record HostState(IReadOnlyList<string> Files, IReadOnlyList<Pubkey> Identities, IReadOnlyList<bool> HaveVoters)
{
    public static async Task<HostState> TakeAsync(SwitchoverScene scene, CancellationToken cancellationToken)
    {
        var files = new List<string>();
        var identities = new List<Pubkey>();
        var voters = new List<bool>();
        foreach (var node in (SceneNode[])[scene.Active, scene.Inactive])
        {
            files.AddRange(await FilesAsync(node, cancellationToken));
            identities.Add(await node.IdentityAsync(cancellationToken));

            // No call lists the voters. A voter that is there is not added again, so the question changes nothing.
            var added = await StandInFixture.AdminAsync(
                node.Node, $$"""{"jsonrpc":"2.0","id":1,"method":"addAuthorizedVoter","params":["{{node.Node.StakedKeypair}}"]}""", TimeSpan.FromSeconds(10));
            voters.Add(added.Contains("already present", StringComparison.Ordinal));
        }

        return new HostState(files, identities, voters);
    }

    // Files that a validator writes by itself: its towers, its log, and with the towers the time of the folder.
    private static async Task<IReadOnlyList<string>> FilesAsync(SceneNode node, CancellationToken cancellationToken)
    {
        var (ledger, towers) = (node.Node.Ledger, $"{node.Node.Ledger}/tower-1_9-*");
        await using var shell = new LocalShell();
        await using var session = await shell.StartAsync(
            ShellScript.Create(
                $"""
                find {node.Node.Folder} {"("} -path {towers} -o -path {ledger} -o -name validator.log {")"} -printf '%p %y\n' -o -printf '%p %y %i %m %U %G %s %T@ %C@ %l\n' | grep -v '[.]new f$' | sort
                """),
            cancellationToken);
        using var reader = new StreamReader(session.StandardOutput);
        return (await reader.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
