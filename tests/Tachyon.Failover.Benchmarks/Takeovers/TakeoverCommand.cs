using System.CommandLine;
using System.Text.Json;

namespace Tachyon.Failover.Benchmarks.Takeovers;

/// <summary><c>takeover</c>: the active node is lost in several ways; the results of the takeovers, and what they owe.</summary>
internal static class TakeoverCommand
{
    public static Command Create()
    {
        Option<string[]> scenarios = new("--scenario")
        {
            Description = $"Which: {string.Join(", ", TakeoverScenarios.All.Select(scenario => scenario.Name))}; all by default. May be given more than once.",
            DefaultValueFactory = _ => [.. TakeoverScenarios.All.Select(scenario => scenario.Name)],
            AllowMultipleArgumentsPerToken = true,
        };
        scenarios.AcceptOnlyFromAmong([.. TakeoverScenarios.All.Select(scenario => scenario.Name)]);
        Option<int> roundTrip = new("--round-trip") { Description = "Milliseconds between the coordinator and each host, there and back." };
        Option<bool> hasty = new("--hasty") { Description = "Silence counts after 5 s instead of 20 s." };
        Option<bool> json = new("--json") { Description = "One JSON object on standard output." };
        Option<ulong> seed = new("--seed") { Description = "The seed of the simulated cluster.", DefaultValueFactory = _ => 1 };
        var command = new Command("takeover", "The stand-in cluster in real time, over real sshd and links that can be cut; a cluster of its own for each scenario.") { scenarios, roundTrip, hasty, json, seed };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var rows = new List<TakeoverRow>();
            foreach (var scenario in TakeoverScenarios.All.Where(scenario => parsed.GetValue(scenarios)!.Contains(scenario.Name)))
            {
                var rules = parsed.GetValue(hasty) ? TakeoverRules.Hasty : TakeoverRules.Usual;
                var row = await TakeoverTrack.RunAsync(scenario, TimeSpan.FromMilliseconds(parsed.GetValue(roundTrip)), rules, parsed.GetValue(seed), cancellationToken);
                await Console.Error.WriteLineAsync($"{scenario.Name}: {row.Runs} runs the staked identity\n{row.Result}\n");
                rows.Add(row);
            }

            var table = new TakeoverTable(Machine.Describe(), rows);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(table, TakeoverTable.Json) : table.ToMarkdown());
            return 0;
        });
        return command;
    }
}
