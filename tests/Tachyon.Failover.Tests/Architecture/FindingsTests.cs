using System.Text.RegularExpressions;
using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>The tables in <c>tests/findings</c>: for each finding of an audit the tests that show it. A line has the finding, the test project and the test, or <c>open</c> and what is open.</summary>
public sealed class FindingsTests
{
    public static TheoryData<string> Tables => ["safety.tsv", "security.tsv"];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Table_OfFindings_NamesTestsThatAreThere(string table)
    {
        var sources = Repository.SourceFiles("tests").ToLookup(file => file.Split('/')[1], Repository.Read, StringComparer.Ordinal);

        // A contract's tests run in the projects of those who keep it.
        string[] contracts = [.. sources["Tachyon.Failover.Contracts"]];
        var missing = Rows(table).Where(row => row.Project != "open" && !contracts.Concat(sources[row.Project]).Any(source => Has(source, row.Test)));

        missing.Should().BeEmpty();
    }

    [Fact]
    public void Table_OfSecurity_HasEveryFinding() =>
        Rows("security.tsv").Select(row => row.Finding).Distinct(StringComparer.Ordinal).Should().BeEquivalentTo(Enumerable.Range(1, 22).Select(number => $"X{number}"));

    private static IEnumerable<(string Finding, string Project, string Test)> Rows(string table) =>
        Repository.Read($"tests/findings/{table}").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Select(row => (row[0], row[1], row[2]));

    private static bool Has(string source, string test)
    {
        var (name, method) = test.Split('.') is [var first, var second] ? (first, second) : ("", test);
        return Regex.IsMatch(source, $@"\bclass {name}\b", RegexOptions.None, Limit) && Regex.IsMatch(source, $@"\b{method}\(", RegexOptions.None, Limit);
    }

    private static TimeSpan Limit => TimeSpan.FromSeconds(10);
}
