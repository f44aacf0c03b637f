using System.Text.RegularExpressions;
using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>Files are short, and are in the expected place.</summary>
public sealed partial class FileTests
{
    private const int MostLines = 400;
    private const int MedianLines = 60;
    private const int NinetyPercentLines = 200;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("samples")]
    public void Lines_OfEveryFile_AreAtMost400(string folder) =>
        Repository.SourceFiles(folder).Where(file => Repository.LinesOf(file) > MostLines).Should().BeEmpty("the file that one most needs to read must not be the one left to grow");

    [Fact]
    public void Lines_OfEveryType_WithAllItsPartsAreAtMost400()
    {
        var types = Parts.Types().GroupBy(static one => one.Type, static one => one.File).Select(static files => (Type: files.Key, Lines: files.Distinct().Sum(Repository.LinesOf))).ToList();

        types.Where(static type => type.Lines > MostLines).Select(static type => type.Type).Should().BeEmpty("partial files do not make a type shorter");
    }

    [Fact]
    public void Name_OfEveryType_IsUsedOnce()
    {
        var twice =
            from one in Parts.Types()
            group one.File by one.Type into files
            where files.Select(static file => Path.GetFileName(file).Split('.', '{')[0]).Distinct().Count() > 1 || files.Select(Path.GetDirectoryName).Distinct().Count() > 1
            select $"{files.Key}: {string.Join(", ", files)}";

        twice.Should().BeEmpty("two types of one name are taken for one another");
    }

    [Fact]
    public void Lines_OfTheLibrary_AreMostlyFew()
    {
        var lines = Repository.SourceFiles("src/Tachyon.Failover").Select(Repository.LinesOf).Order().ToList();
        lines[lines.Count / 2].Should().BeLessThanOrEqualTo(MedianLines, "that is the median");
        lines[lines.Count * 9 / 10].Should().BeLessThanOrEqualTo(NinetyPercentLines, "nine of ten files are shorter");
    }

    [Fact]
    public void PublicTypes_OfEveryFile_AreOneNamedLikeTheFile()
    {
        var strays =
            from file in Repository.SourceFiles("src")
            let names = PublicType().Matches(Repository.Read(file)).Select(match => match.Groups["name"].Value).ToList()
            where names.Count > 1 || (names.Count == 1 && names[0] != NameOf(file))
            select $"{file}: {string.Join(", ", names)}";

        strays.Should().BeEmpty();
    }

    [Fact]
    public void Projects_AllOfThem_AreInTheSolution()
    {
        var solution = Repository.Read("Failover.sln").Replace('\\', '/');
        Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !solution.Contains($"\"{file}\"", StringComparison.Ordinal))
            .Should().BeEmpty("what is not in Failover.sln is not built by test.sh");
    }

    // A type's aspects are Type.Aspect.cs, and CallResult<T> is CallResult{T}.cs.
    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file).Split('.', '{')[0];

    // File-scoped namespaces: a line that begins with the type is not nested.
    [GeneratedRegex(@"^public (?:[\w]+ )*?(?:class|record struct|record|struct|interface|enum|delegate [\w<>?]+) (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PublicType();
}
