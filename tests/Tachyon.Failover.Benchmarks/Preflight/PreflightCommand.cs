using System.CommandLine;
using System.Text.Json;

namespace Tachyon.Failover.Benchmarks.Preflight;

/// <summary><c>preflight</c>: how long a preflight takes at several distances, over connections that are to be made and over open ones.</summary>
internal static class PreflightCommand
{
    public static Command Create()
    {
        Option<int> count = new("--count") { Description = "How many of each.", DefaultValueFactory = _ => 10 };
        Option<int[]> roundTrips = new("--round-trip")
        {
            Description = "Milliseconds between the coordinator and each host, there and back; may be given more than once.",
            DefaultValueFactory = _ => [0, 20, 100, 250],
            AllowMultipleArgumentsPerToken = true,
        };
        Option<bool> json = new("--json") { Description = "One JSON object on standard output." };
        Option<ulong> seed = new("--seed") { Description = "The seed of the simulated cluster.", DefaultValueFactory = _ => 1 };
        var command = new Command("preflight", "The stand-in cluster in real time, over real sshd and a delaying link; the distances one after the other, the shells in turn.") { count, roundTrips, json, seed };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var rows = new List<PreflightRow>();
            foreach (var roundTrip in parsed.GetValue(roundTrips)!)
            {
                rows.AddRange(await PreflightTrack.RunAsync(TimeSpan.FromMilliseconds(roundTrip), parsed.GetValue(count), parsed.GetValue(seed), cancellationToken));
            }

            var table = new PreflightTable(Machine.Describe(), rows);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(table, PreflightTable.Json) : table.ToMarkdown());
            return 0;
        });
        return command;
    }
}
