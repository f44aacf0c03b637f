using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>The whole table.</summary>
internal sealed record GapReport(string Machine, IReadOnlyList<GapRow> Rows)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string ToMarkdown()
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{Machine}")
            .AppendLine()
            .AppendLine("| round trip | way | runs | validator gone | missed slots: mean | median | most | runs with refused votes | most refused | lost credits | gap, median | own work, p99 | one-way trips |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in Rows.OrderBy(row => row.RoundTripMilliseconds))
        {
            var notDone = row.NotCompleted == 0 ? "" : $" (+{row.NotCompleted} not completed)";
            var own = row.OwnWorkP99Milliseconds is { } milliseconds ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms") : "";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {row.RoundTripMilliseconds} ms | {row.Flow} | {row.Runs}{notDone} | {row.Gone} | {row.MeanMissed} | {row.MedianMissed} | {row.MostMissed} | {row.RunsWithRefusedVotes} | {row.MostRefused} | {row.MeanLostCredits} | {row.MedianGapMilliseconds} ms | {own} | {row.OneWayTrips} |");
        }

        return text.ToString();
    }
}
