using System.Reflection;
using FluentAssertions;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.Tests.Reports;

/// <summary>Programs and alert rules depend on the codes of notes: they are only added to.</summary>
public sealed class NoteCodesTests
{
    private static readonly Dictionary<string, string> Names = typeof(NoteCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(static field => field.IsLiteral)
        .ToDictionary(static field => field.Name, static field => (string)field.GetRawConstantValue()!, StringComparer.Ordinal);

    [Fact]
    public void Codes_AllOfThem_AreThePinnedOnes() => Names.Select(static name => $"{name.Value} {name.Key}").Order(StringComparer.Ordinal).Should().Equal(Pinned.NoteCodes);

    [Fact]
    public void Codes_EachOfThem_HasAMeaningAndIsUsed()
    {
        var sources = string.Concat(Repository.SourceFiles("src/Tachyon.Failover").Where(static file => Path.GetFileName(file) != "NoteCodes.cs").Select(Repository.Read));

        Names.Values.Should().OnlyHaveUniqueItems().And.BeEquivalentTo(NoteCodes.All.Keys);
        Names.Keys.Where(name => !sources.Contains($"NoteCodes.{name}", StringComparison.Ordinal)).Should().BeEmpty("a code that is never given says nothing");
    }

    [Fact]
    public void Docs_OfTheCodes_AreThese() => MadeDocs.ShouldHold(
        "docs/notes.md",
        "codes",
        string.Join('\n', ["| code | meaning | data |", "|---|---|---|", .. NoteCodes.All.Select(static code => $"| {code.Key} | {code.Value.Meaning} | {string.Join(", ", code.Value.Data.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(static name => $"`{name}`"))} |")]));
}
