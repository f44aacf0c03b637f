using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tachyon.Failover.Benchmarks.Takeovers;

/// <summary>The whole table.</summary>
internal sealed record TakeoverTable(string Machine, IReadOnlyList<TakeoverRow> Rows)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public string ToMarkdown()
    {
        var text = new StringBuilder()
            .AppendLine(Machine)
            .AppendLine()
            .AppendLine("| the active node | policy | grade | outcome | silence watched | until decided | first vote after the decision | without a vote | missed slots | refused votes | double votes | owed | settled after |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in Rows)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {row.Scenario} | {row.MinimumGrade} | {row.Grade} | {row.Outcome} | {row.WatchedSeconds:0.0} s | {Seconds(row.WeighedSeconds)} | {(row.SlotsFromDecision is { } slots ? string.Create(CultureInfo.InvariantCulture, $"{slots:0.0} slots") : "–")} | {Seconds(row.SecondsWithoutVote)} | {row.MissedSlots} | {row.RefusedVotes} | {row.DoubleVotes} | {row.Owed}{(row.OwedInTheEnd > 0 ? string.Create(CultureInfo.InvariantCulture, $", {row.OwedInTheEnd} in the end") : "")} | {Seconds(row.SettledSeconds)} |");
        }

        return text.ToString();
    }

    private static string Seconds(double? seconds) => seconds is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.0} s") : "–";
}
