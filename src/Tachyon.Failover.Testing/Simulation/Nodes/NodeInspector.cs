using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>The findings of the inspecting script on a simulated node, for the given paths.</summary>
internal static class NodeInspector
{
    private static readonly NodePaths There = NodePaths.Usual;

    public static ValidatorInspection Probe(HostTurn turn, NodePaths paths)
    {
        var node = turn.Node;
        var problems = new List<SetupProblem>();
        var hasProgram = Has(paths.Program, There.Program, path => $"the program {path} did not say its version");
        Has(paths.Ledger, There.Ledger, NoFolder);
        Has(paths.LinkFolder, There.LinkFolder, NoFolder);
        var (staked, unstaked) = (KeyAt(paths.StakedKeypair), KeyAt(paths.UnstakedKeypair));
        if (unstaked is not null && node.IsKeypairOpen)
        {
            Add("TF110", $"the keypair file {paths.UnstakedKeypair} is open to others than its owner", $"chmod 600 {paths.UnstakedKeypair}");
        }

        if (node.DiskIsFull)
        {
            Add("TF109", $"the disk of {paths.Ledger} has 0 KiB left", "make room there");
        }

        // The inspecting shell may hold the lock itself.
        var holder = node.Lock.Owner is { } owner && owner != turn.Shell ? node.Lock.Holder : null;
        return new ValidatorInspection
        {
            Version = hasProgram ? node.Client.Program : null,
            StakedIdentity = staked,
            UnstakedIdentity = unstaked,
            AuthorizedVoters = staked is null ? null : [staked],
            Processes = node.Process is null ? [] : [Start(node, paths)],
            LedgerPlace = paths.Ledger == There.Ledger ? node.Name : null,
            Uptime = node.Uptime,
            IsLocked = holder is not null,
            LockHolder = holder,
            Began = node.WallClock,
            Ended = node.WallClock,
            Problems = problems,
        };

        Pubkey? KeyAt(string path)
        {
            if (node.KeyAt(path) is { } key)
            {
                return key;
            }

            Add("TF107", NoKeypair(path), "mend the path in the settings");
            return null;
        }

        bool Has(string named, string there, Func<string, string> otherwise)
        {
            if (named == there)
            {
                return true;
            }

            Add("TF107", otherwise(named), "mend the path in the settings");
            return false;
        }

        void Add(string code, string seen, string remedy) => problems.Add(new SetupProblem { Code = code, Seen = seen, Expected = "it to be as in the guide", Remedy = remedy });
    }

    private static StartCommand Start(SimulatedNode node, NodePaths paths) => new()
    {
        ProcessId = 1,
        Ledger = new StartPath { Path = There.Ledger, IsAsInSettings = paths.Ledger == There.Ledger },
        Identity = new StartPath { Path = There.Link, IsAsInSettings = paths.Link == There.Link },
        AuthorizedVoters = [new StartPath { Path = There.StakedKeypair, IsAsInSettings = paths.StakedKeypair == There.StakedKeypair, Key = node.Staked }],
        VoteAccount = new StartPath { Path = node.VoteAccount.ToString(), IsAsInSettings = false, Key = node.VoteAccount },
    };

    private static string NoFolder(string path) => $"the folder {path} does not exist";

    private static string NoKeypair(string path) => $"the keypair file {path} is missing or not readable for the user";
}
