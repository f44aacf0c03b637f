using System.CommandLine;

namespace Tachyon.Failover.Benchmarks.TowerCopies;

/// <summary><c>copy</c>: what a watch that keeps the tower copy costs the active node, beside a login that does nothing.</summary>
internal static class TowerCopyCommand
{
    public static Command Create()
    {
        Option<int> seconds = new("--seconds") { Description = "How long is measured.", DefaultValueFactory = _ => 60 };
        Option<ulong> seed = new("--seed") { Description = "The seed of the simulated cluster.", DefaultValueFactory = _ => 1 };
        var command = new Command("copy", "The stand-in cluster in real time, over real sshd: the processor's time of all processes of the active node's sshd, in one run.") { seconds, seed };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var cost = await TowerCopyTrack.RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(seed), cancellationToken);
            Console.WriteLine($"{Machine.Describe()}\n\n{cost}");
            return 0;
        });
        return command;
    }
}
