using System.Text.RegularExpressions;
using CsCheck;
using FluentAssertions;
using Tachyon.Failover.Shells.HostKeys;
using Xunit;

namespace Tachyon.Failover.Tests.Shells;

public sealed class HostPatternsTests
{
    [Fact]
    public void Match_AnyPattern_AgreesWithARegularExpression() =>
        Gen.Select(Gen.Char["ab*?."].Array[0, 8], Gen.Char["ab."].Array[0, 8]).Sample(
            (patternCharacters, nameCharacters) =>
            {
                var (pattern, name) = (new string(patternCharacters), new string(nameCharacters));
                var expression = "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$";
                var expected = pattern.Length > 0 && Regex.IsMatch(name, expression, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
                return HostPatterns.Match(pattern, name) == expected;
            },
            iter: 20_000);

    [Fact]
    public void Match_ManyStars_EndsSoon() =>
        HostPatterns.Match(string.Concat(Enumerable.Repeat("*a", 200)) + "b", new string('a', 5000)).Should().BeFalse();
}
