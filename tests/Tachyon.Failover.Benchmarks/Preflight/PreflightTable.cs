using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tachyon.Failover.Benchmarks.Preflight;

/// <summary>The whole table.</summary>
internal sealed record PreflightTable(string Machine, IReadOnlyList<PreflightRow> Rows)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public string ToMarkdown()
    {
        var text = new StringBuilder()
            .AppendLine(Machine)
            .AppendLine()
            .AppendLine("| round trip | shell | runs | connecting: median | most | connected: median | most |")
            .AppendLine("|---|---|---|---|---|---|---|");
        foreach (var row in Rows)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {row.RoundTripMilliseconds} ms | {row.Shell} | {row.Runs} | {row.MedianConnecting:0} ms | {row.MostConnecting:0} ms | {row.MedianConnected:0} ms | {row.MostConnected:0} ms |");
        }

        return text.ToString();
    }
}
