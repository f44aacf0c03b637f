using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Tests.Docs;

/// <summary>
/// A block of C# in a page, compiled as a reader would compile it. A block with usings is complete. A block without is part of a program. It has the packages' namespaces,
/// the declarations of the page's other blocks, and what a comment before it gives, which readers do not see: <c>&lt;!-- given: ValidatorPair pair --&gt;</c>. A block with the comment
/// <c>&lt;!-- not compiled: why --&gt;</c> is skipped.
/// </summary>
internal sealed partial class Snippet
{
    private static readonly string[] SdkUsings = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    private static readonly string[] PackageUsings =
    [
        .. new[] { typeof(FailoverCoordinator), typeof(StandInCluster) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Select(type => type.Namespace!)
            .Distinct(StringComparer.Ordinal),
    ];

    // Every block begins from this one, so that the references are read only once.
    private static readonly Lazy<CSharpCompilation> Empty = new(() => CSharpCompilation.Create(
        "Snippet",
        references: ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static file => MetadataReference.CreateFromFile(file)),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)));

    private readonly string _given;

    private Snippet(string page, int line, string code, string given, string? notCompiled)
    {
        Page = page;
        Line = line;
        Code = code;
        _given = given;
        NotCompiled = notCompiled;
    }

    public string Page { get; }

    /// <summary>The line of the page before the block's first line.</summary>
    public int Line { get; }

    public string Code { get; }

    /// <summary>Why it is not compiled; null if it is.</summary>
    public string? NotCompiled { get; }

    public static IReadOnlyList<Snippet> Of(string page, string text) =>
    [
        .. Block().Matches(text.ReplaceLineEndings("\n")).Select(match => new Snippet(
            page,
            text[..match.Groups["code"].Index].Count(character => character == '\n'),
            Unindent(match.Groups["code"].Value),
            match.Groups["given"].Value,
            match.Groups["why"] is { Success: true } why ? why.Value : null)),
    ];

    /// <summary>The compiler's diagnostics, with the lines of the page.</summary>
    /// <param name="page">All blocks of the page, for their declarations.</param>
    public IReadOnlyList<string> Compile(IReadOnlyList<Snippet> page)
    {
        var root = Parse(Code);
        var isProgram = root.Usings.Count > 0;
        var others = isProgram ? [] : page.Where(other => other != this && other.NotCompiled is null && other.IsMadeOfTypes);
        var trees = others.Select(static other => CSharpSyntaxTree.ParseText(other.Code))
            .Append(CSharpSyntaxTree.ParseText(Usings(isProgram ? SdkUsings : SdkUsings.Concat(PackageUsings))))
            .Append(CSharpSyntaxTree.ParseText(isProgram || IsMadeOfTypes ? Code : InAMethod(root)));
        var compilation = Empty.Value
            .WithOptions(new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
            .AddSyntaxTrees(trees);
        return
        [
            .. compilation.GetDiagnostics()
                .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .Select(diagnostic => $"{Page}, in the block after line {Line}: {diagnostic.Id} {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}"),
        ];
    }

    public override string ToString() => $"{Page}:{Line}";

    private bool IsMadeOfTypes => Parse(Code) is { Usings.Count: 0 } root && !root.Members.Any(static member => member is GlobalStatementSyntax);

    private static CompilationUnitSyntax Parse(string code) => CSharpSyntaxTree.ParseText(code).GetCompilationUnitRoot();

    private static string Usings(IEnumerable<string> spaces) => string.Concat(spaces.Select(static space => $"global using {space};\n"));

    private string InAMethod(CompilationUnitSyntax root)
    {
        var statements = string.Concat(root.Members.OfType<GlobalStatementSyntax>().Select(static member => member.ToFullString()));
        var types = string.Concat(root.Members.Where(static member => member is not GlobalStatementSyntax).Select(static member => member.ToFullString()));
        return $$"""
            {{types}}
            internal static class Program
            {
                internal static async Task<object> RunAsync({{_given}})
                {
                    await Task.Yield();
                    {{statements}}
                    return null!;
                }
            }
            """;
    }

    private static string Unindent(string code)
    {
        var margin = code.Length - code.TrimStart(' ').Length;
        return string.Join('\n', code.Split('\n').Select(line => line.Length >= margin ? line[margin..] : line.TrimStart(' ')));
    }

    [GeneratedRegex(
        @"(?:^ *<!-- (?:given: (?<given>[^\n]*?)|not compiled: (?<why>[^\n]*?)) -->\n)?^ *```csharp\n(?<code>.*?)^ *```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Block();
}
