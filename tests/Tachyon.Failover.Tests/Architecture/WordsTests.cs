using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>Words that readers took for their opposite, and words that are not those of the glossary.</summary>
public sealed class WordsTests
{
    // Written in two parts, since this test reads its own file as well.
    private const string Banned = "behind " + "slot";

    /// <summary>"Behind" a slot meant "after" it, and readers took it for "lagging".</summary>
    [Fact]
    public void C12_EveryFile_SaysNewerOrAfterOfAVote() =>
        new[] { "src", "samples", "tests", "docs" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".md" or ".txt")
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains(Banned, StringComparison.OrdinalIgnoreCase))
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Should().BeEmpty();

    /// <summary>One word for each thing: that of docs/glossary.md.</summary>
    [Fact]
    public void Words_OfMessagesCommentsAndPages_AreThoseOfTheGlossary() =>
        ForbiddenWords.Lines().Select(static line => $"{line} (use: {ForbiddenWords.InsteadIn(line)})").Should().BeEmpty("docs/glossary.md has one word for each thing");
}
