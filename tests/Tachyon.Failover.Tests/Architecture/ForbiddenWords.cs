using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>Words that messages, XML comments and pages do not use, each with the word of docs/glossary.md.</summary>
internal static partial class ForbiddenWords
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly (Regex Word, string Instead)[] Words =
    [
        Word("(?<!(?:slots|far|is|are) )behind the", "after, or slots behind"),
        Word("whoever|whatever", "the subject"),
        Word("somebody|someone|nobody", "the operator, the coordinator, no node"),
        Word("an? person|the person", "the operator"),
        Word("speaks for it", "evidence"),
        Word("goes on|went on|gone on", "continues, advances"),
        Word("gives up|gave up|given up", "cancels, stops"),
        Word("by then", "a time"),
        Word("owed|owes|debts?|indebted", "pending demotion"),
        Word("settles|settled|settling|settlement", "complete"),
        Word("shadows?", "tower copy"),
        Word("leftovers?", "stale tower"),
        Word("own work", "coordinator time"),
        Word("signs? of life", "heartbeat"),
        Word("stands? still|stood still|standing still", "halted, suspended"),
        Word("cannot tell|cannot be told", "unknown"),
        Word("could not look|cannot look", "inconclusive"),
        Word("weighs?|weighed|weighing|weighings", "assess"),
        Word("way back", "rollback"),
        Word("undo|undone", "roll back"),
        Word("follow-ups?", "operator action"),
        Word("looks? (?:at|again|once|round)|looked at|(?:a|the|last|next|newest|first|every) look|looks in a row", "probe, reading"),
        Word("watcher|watchers|an? watch|the watch|watches", "monitor, failover daemon"),
        Word("armed|disarmed|arming|the fence", "prepare, enabled, demotion"),
        Word("nonsense", "invalid"),
        Word("cancelled|unrecognised|behaviour|honoured|colour", "US spelling"),
    ];

    /// <summary>Every line with a forbidden word, as "file: line".</summary>
    public static IEnumerable<string> Lines() => Code().Concat(Pages()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Code() =>
        from folder in new[] { "src", "samples" }
        from file in Repository.SourceFiles(folder)
        let tree = CSharpSyntaxTree.ParseText(Repository.Read(file))
        let text = tree.GetText()
        from token in tree.GetRoot().DescendantTokens(descendIntoTrivia: true)
        where IsWritten(token)
        from word in Words
        from Match match in word.Word.Matches(token.Text)
        select $"{file}: {text.Lines.GetLineFromPosition(token.SpanStart + match.Index).ToString().Trim()}";

    // A literal without a space is a name, such as that of an option, an event or a file.
    private static bool IsWritten(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.XmlTextLiteralToken => true,
        SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken => token.Text.Contains(' ', StringComparison.Ordinal),
        _ => false,
    };

    // The glossary names the words that it forbids. Decisions and the changelog are history.
    private static IEnumerable<string> Pages() =>
        from file in new[] { "README.md", "CONTRIBUTING.md" }
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Where(static file => Path.GetFileName(file) != "glossary.md"))
            .Concat(new[] { "src", "samples" }.SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "README.md", SearchOption.AllDirectories)))
        let path = Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, file)).Replace('\\', '/')
        where !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal)
        from line in Fenced().Replace(Repository.Read(path).ReplaceLineEndings("\n"), "").Split('\n')
        let prose = CodeOrTarget().Replace(line, "`")
        where Words.Any(word => word.Word.IsMatch(prose))
        select $"{path}: {line.Trim()}";

    private static (Regex Word, string Instead) Word(string pattern, string instead) => (new Regex($@"(?<![/.{{_-])\b(?:{pattern})\b", Options, TimeSpan.FromSeconds(1)), instead);

    /// <summary>The words to use in place of those in a line.</summary>
    public static string InsteadIn(string line) => string.Join("; ", Words.Where(word => word.Word.IsMatch(line)).Select(static word => word.Instead));

    [GeneratedRegex(@"^ *```.*?^ *```$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"`[^`]*`|\]\([^)]*\)", RegexOptions.None, 1000)]
    private static partial Regex CodeOrTarget();
}
