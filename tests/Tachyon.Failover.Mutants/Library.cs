using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Tachyon.Failover.Mutants;

/// <summary>The library as the SDK would compile it: the same sources, references, options and source generators.</summary>
internal sealed class Library
{
    private readonly CSharpCompilation _compilation;

    private Library(CSharpCompilation compilation)
    {
        _compilation = compilation;
        Unchanged = Emit(compilation) ?? throw new InvalidOperationException($"The library does not compile: {compilation.GetDiagnostics().First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)}");
    }

    /// <summary>The library without a change. The compiler is deterministic: a mutant with the same bytes changes nothing.</summary>
    public ImmutableArray<byte> Unchanged { get; }

    /// <summary>Asks MSBuild for the compiler's arguments, and compiles with them in memory from then on.</summary>
    /// <param name="project">The library's project file.</param>
    /// <param name="configuration">Debug or Release, as the tests were built.</param>
    /// <param name="folders">The folders, with their subfolders, of the code that the tests will run, besides the project's own folder and what is generated. Of all other code only the declarations are compiled. Null for all code.</param>
    public static Library Load(string project, string configuration, IReadOnlyList<string>? folders)
    {
        var home = Path.GetDirectoryName(project)!;
        var arguments = CSharpCommandLineParser.Default.Parse(CompilerArguments(project, configuration), home, RuntimeFolder);

        // Warnings of a mutant do not matter. Several mutants are compiled at a time, each by one thread.
        var options = arguments.CompilationOptions.WithConcurrentBuild(false).WithGeneralDiagnosticOption(ReportDiagnostic.Suppress).WithSpecificDiagnosticOptions([]);
        var compilation = CSharpCompilation.Create(
            arguments.CompilationName,
            arguments.SourceFiles.Select(file => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file.Path)), arguments.ParseOptions, file.Path)),
            arguments.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(reference.Reference, reference.Properties)),
            options);

        var loader = new Loader();
        var generators = arguments.AnalyzerReferences
            .Select(reference => new AnalyzerFileReference(Path.GetFullPath(reference.FilePath, arguments.BaseDirectory!), loader))
            .SelectMany(reference => reference.GetGenerators(LanguageNames.CSharp));
        CSharpGeneratorDriver.Create(generators, parseOptions: arguments.ParseOptions).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return new Library(WithoutWhatIsNotRun((CSharpCompilation)generated, path => folders is null || !IsIn(home, path) || Path.GetDirectoryName(path) == home || folders.Any(folder => IsIn(folder, path))));
    }

    /// <summary>Every change of the files of a folder and its subfolders.</summary>
    public IReadOnlyList<Mutant> MutantsOf(string folder) =>
    [
        .. _compilation.SyntaxTrees
            .Where(tree => IsIn(folder, tree.FilePath))
            .OrderBy(tree => tree.FilePath, StringComparer.Ordinal)
            .SelectMany(tree => Mutator.MutantsOf(_compilation.GetSemanticModel(tree))),
    ];

    /// <summary>The library with a change; null if it does not compile.</summary>
    public ImmutableArray<byte>? With(Mutant mutant) =>
        Emit(_compilation.ReplaceSyntaxTree(mutant.Tree, mutant.Tree.WithChangedText(mutant.Tree.GetText().WithChanges(mutant.Change))));

    /// <summary>The library with a broken rule.</summary>
    /// <param name="source">The library's folder.</param>
    /// <param name="rule">The rule.</param>
    /// <exception cref="InvalidOperationException">The source has changed, so that the rule is not where it was.</exception>
    public ImmutableArray<byte> With(string source, BrokenRule rule)
    {
        var changed = rule.Edits.Aggregate(_compilation, (compilation, edit) =>
        {
            var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == Path.Combine(source, edit.File));
            var text = tree.ToString();
            return text.Split(edit.Before).Length == 2
                ? compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text.Replace(edit.Before, edit.After, StringComparison.Ordinal))))
                : throw new InvalidOperationException($"'{rule.Name}': {edit.File} does not hold this code once: {edit.Before}");
        });
        return Emit(changed) ?? throw new InvalidOperationException($"'{rule.Name}' does not compile: {changed.GetDiagnostics().First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)}");
    }

    private static bool IsIn(string folder, string path) => path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static CSharpCompilation WithoutWhatIsNotRun(CSharpCompilation compilation, Func<string, bool> isRun) => compilation.SyntaxTrees
        .Where(tree => !isRun(tree.FilePath))
        .Aggregate(compilation, (smaller, tree) => smaller.ReplaceSyntaxTree(tree, tree.WithRootAndOptions(new BodyStripper().Visit(tree.GetRoot()), tree.Options)));

    private static ImmutableArray<byte>? Emit(CSharpCompilation compilation)
    {
        using var library = new MemoryStream();
        return compilation.Emit(library).Success ? [.. library.ToArray()] : null;
    }

    private static string RuntimeFolder => Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static IEnumerable<string> CompilerArguments(string project, string configuration)
    {
        string[] asked =
        [
            "msbuild", project, "-nologo", "-target:ResolveReferences;CoreCompile", "-getItem:CscCommandLineArgs", $"-property:Configuration={configuration}",
            "-property:BuildProjectReferences=false", "-property:ProvideCommandLineArgs=true", "-property:SkipCompilerExecution=true",

            // A path that never exists, or MSBuild reports nothing for an up-to-date project.
            "-property:NonExistentFile=none",
        ];
        using var msbuild = Process.Start(new ProcessStartInfo("dotnet", asked) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var answer = msbuild.StandardOutput.ReadToEnd();
        msbuild.WaitForExit();
        return msbuild.ExitCode == 0
            ? [.. JsonDocument.Parse(answer).RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)]
            : throw new InvalidOperationException($"MSBuild does not say how {project} is compiled: {answer}");
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
