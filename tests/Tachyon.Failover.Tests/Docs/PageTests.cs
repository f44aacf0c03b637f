using System.Text.RegularExpressions;
using FluentAssertions;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.Tests.Docs;

/// <summary>The pages are right: their code compiles, their links have targets.</summary>
public sealed partial class PageTests
{
    /// <summary>Blocks that are not compiled, each with the reason in its page.</summary>
    private static readonly string[] NotCompiled = ["CONTRIBUTING.md", "docs/extending.md"];

    private static readonly IReadOnlyList<string> AllPages =
    [
        .. new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md" },
        .. new[] { "docs", "src", "samples" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Pages => [.. AllPages];

    public static TheoryData<string> PagesWithCode => [.. AllPages.Where(page => SnippetsOf(page).Count > 0)];

    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public void Code_OfAPage_CompilesWithoutAWarning(string page)
    {
        var snippets = SnippetsOf(page);
        snippets.Where(snippet => snippet.NotCompiled is null).SelectMany(snippet => snippet.Compile(snippets)).Should().BeEmpty();
    }

    [Fact]
    public void Code_ThatIsNotCompiled_IsWhatIsNamedHere() =>
        AllPages.SelectMany(SnippetsOf).Where(snippet => snippet.NotCompiled is not null).Select(snippet => snippet.Page).Should().Equal(NotCompiled);

    [Fact]
    public void Code_ThatIsWrong_IsFound()
    {
        var broken = Snippet.Of("page.md", "<!-- given: ValidatorPair pair -->\n```csharp\nawait new FailoverCoordinator().SwitchoverAsync(pear);\n```\n");
        broken.Should().ContainSingle().Which.Compile(broken).Should().ContainSingle().Which.Should().Contain("page.md").And.Contain("CS0103").And.Contain("pear");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfAPage_LeadToFilesAndHeadings(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        var strays =
            from match in Link().Matches(WithoutCode(Repository.Read(page)))
            let target = match.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal)
            let parts = target.Split('#')
            let file = parts[0].Length == 0 ? Path.Combine(Repository.Root, page) : Path.GetFullPath(parts[0], folder)
            where !Path.Exists(file) || (parts.Length > 1 && !Headings(file).Contains(parts[1], StringComparer.Ordinal))
            select target;

        strays.Should().BeEmpty("{0} links to them", page);
    }

    private static IReadOnlyList<Snippet> SnippetsOf(string page) => Snippet.Of(page, Repository.Read(page));

    private static string WithoutCode(string text) => Fenced().Replace(text, "");

    /// <summary>The anchors of a page's headings.</summary>
    private static IEnumerable<string> Headings(string file) =>
        WithoutCode(File.ReadAllText(file)).Split('\n')
            .Where(static line => line.StartsWith('#'))
            .Select(static line => NoAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^ *```.*?^ *```$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, 1000)]
    private static partial Regex NoAnchor();
}
