using System.Text.RegularExpressions;
using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>Scripts print values with <c>printf</c>. The <c>echo</c> of dash turns <c>\n</c>, <c>\033</c> and <c>\c</c> in a value into the real thing, and so lets a stranger write lines.</summary>
public sealed partial class ScriptEchoTests
{
    [Fact]
    public void X1_Scripts_OfTheSource_EchoNoVariable()
    {
        var lines = Repository.SourceFiles("src").Concat(Repository.SourceFiles("samples"))
            .Where(file => !file.Contains("Tachyon.Failover.Testing", StringComparison.Ordinal))
            .SelectMany(file => Repository.Read(file).Split('\n').Where(line => Echo().IsMatch(line)).Select(line => $"{file}: {line.Trim()}"));

        lines.Should().BeEmpty();
    }

    // `$$` and `$?` are numbers.
    [GeneratedRegex("""echo ("[^"]*\$|\$)(?![$?])""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Echo();
}
