using System.CommandLine;
using System.Text.Json;

namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary><c>gap</c>: what a switchover costs at several distances, by several ways, side by side.</summary>
internal static class GapCommand
{
    public static Command Create()
    {
        Option<int> count = new("--count") { Description = "How many switchovers of each way at each distance.", DefaultValueFactory = _ => 30 };
        Option<int[]> roundTrips = new("--round-trip")
        {
            Description = "Milliseconds between the coordinator and each host, there and back; may be given more than once.",
            DefaultValueFactory = _ => [0, 20, 100, 250],
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string[]> flows = new("--flow")
        {
            Description = "Only these ways; may be given more than once.",
            DefaultValueFactory = _ => [.. Flows.All.Keys],
            AllowMultipleArgumentsPerToken = true,
        };
        flows.AcceptOnlyFromAmong([.. Flows.All.Keys]);
        Option<bool> json = new("--json") { Description = "One JSON object on standard output." };
        Option<DirectoryInfo> pictures = new Option<DirectoryInfo>("--pictures") { Description = "A folder into which the last switchover of each of the library's ways is drawn." }.AcceptExistingOnly();
        Option<ulong> seed = new("--seed") { Description = "The seed of the simulated clusters.", DefaultValueFactory = _ => 1 };
        var command = new Command("gap", "The stand-in cluster in real time, over real sshd and a delaying link. All distances run at the same time, each with a cluster of its own; the ways take turns.")
        {
            count, roundTrips, flows, json, pictures, seed,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var tracks = parsed.GetValue(roundTrips)!.Select((roundTrip, index) => new GapTrack
            {
                RoundTrip = TimeSpan.FromMilliseconds(roundTrip),
                Flows = parsed.GetValue(flows)!,
                Count = parsed.GetValue(count),
                Seed = parsed.GetValue(seed) + (ulong)index,
                Pictures = parsed.GetValue(pictures)?.FullName,
            });
            var rows = await Task.WhenAll(tracks.Select(track => track.RunAsync(Console.Error, cancellationToken)));
            var report = new GapReport(Machine.Describe(), [.. rows.SelectMany(row => row)]);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(report, GapReport.Json) : report.ToMarkdown());
            return 0;
        });
        return command;
    }
}
