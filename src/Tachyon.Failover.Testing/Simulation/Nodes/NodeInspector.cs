using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>What the inspecting script finds on a simulated node for the paths that it is given.</summary>
internal static class NodeInspector
{
    private static readonly NodePaths There = NodePaths.Usual;

    public static ValidatorInspection Look(SimulatedNode node, NodePaths paths)
    {
        var problems = new List<string>();
        var hasProgram = Has(paths.Program, There.Program, path => $"The program {path} did not say its version");
        Has(paths.Ledger, There.Ledger, NoFolder);
        Has(paths.LinkFolder, There.LinkFolder, NoFolder);
        var hasStaked = Has(paths.StakedKeypair, There.StakedKeypair, NoKeypair);
        var hasUnstaked = Has(paths.UnstakedKeypair, There.UnstakedKeypair, NoKeypair);
        return new ValidatorInspection
        {
            Version = hasProgram ? "tachyon-validator 2.2.15 (simulated)" : null,
            StakedIdentity = hasStaked ? node.Staked : null,
            UnstakedIdentity = hasUnstaked ? node.Unstaked.Pubkey : null,
            Problems = problems,
            Warnings = hasUnstaked && node.IsKeypairOpen ? [$"The keypair file {paths.UnstakedKeypair} is open to others than its owner; run: chmod 600 {paths.UnstakedKeypair}"] : [],
        };

        bool Has(string named, string there, Func<string, string> otherwise)
        {
            if (named == there)
            {
                return true;
            }

            problems.Add(otherwise(named));
            return false;
        }
    }

    private static string NoFolder(string path) => $"The folder {path} does not exist";

    private static string NoKeypair(string path) => $"The keypair file {path} is missing or not readable for the user";
}
