using System.Text;
using System.Text.RegularExpressions;
using FluentAssertions;
using Tachyon.Failover.Tests.Architecture;

namespace Tachyon.Failover.IntegrationTests.Preflight;

/// <summary>The table of <c>docs/preflight.md</c>. What stands around it people write.</summary>
internal static partial class PreflightDocs
{
    private const string File = "docs/preflight.md";
    private const string Begin = "<!-- made by PreflightTests -->";
    private const string End = "<!-- end of what is made by PreflightTests -->";
    private const string Switch = "TACHYON_WRITE_DOCS";

    public static string Row(string code, string severity, string setting, string seen, string expected, string? remedy) =>
        $"| {code} | {severity} | {Cell(setting)} | {Numbers().Replace(OtherLedgers().Replace(Cell(seen), "…"), "N")} | {Cell(expected)} | {Cell(remedy ?? "")} |";

    /// <summary>Compares the table with the document, or writes it there if the environment says so.</summary>
    public static void ShouldHold(IEnumerable<string> rows)
    {
        var table = string.Join('\n', (string[])["| code | severity | what is wrong | seen | expected | to mend it |", "|---|---|---|---|---|---|", .. rows]);
        var document = Repository.Read(File).ReplaceLineEndings("\n");
        var (begin, end) = (document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, document.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            System.IO.File.WriteAllText(Path.Combine(Repository.Root, File), $"{document[..begin]}\n{table}\n{document[end..]}");
            return;
        }

        document[begin..end].Trim().Should().Be(
            table, "{0} holds what the checks say. If they are to say something else, write it anew: {1}=1 dotnet run --project tests/Tachyon.Failover.IntegrationTests -- -class '*PreflightTests'", File, Switch);
    }

    private static string Cell(string words) => words.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    // Values that depend on other work of the machine.
    [GeneratedRegex("(?<=have other ledgers: ).*", RegexOptions.None, 1000)]
    private static partial Regex OtherLedgers();

    // Slots, ports and times differ from run to run.
    [GeneratedRegex(@"(?<![\w./:])(\d{4,}(?!\w|\.\d))|(\d+(?= (ms|slots|KiB)\b))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbers();
}
