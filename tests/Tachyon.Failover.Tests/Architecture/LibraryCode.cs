using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>The library's own source with its semantic models; without generated code.</summary>
internal static class LibraryCode
{
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly Lazy<CSharpCompilation> Compiled = new(Compile);

    /// <summary>Every file with its model, by its path from the root.</summary>
    public static IEnumerable<(SyntaxTree Tree, SemanticModel Model)> Files =>
        Compiled.Value.SyntaxTrees.Where(static tree => tree.FilePath.Length > 0).Select(static tree => (tree, Compiled.Value.GetSemanticModel(tree)));

    private static CSharpCompilation Compile()
    {
        var trees = Repository.SourceFiles("src/Tachyon.Failover").Select(static file => CSharpSyntaxTree.ParseText(Repository.Read(file), path: file)).Append(CSharpSyntaxTree.ParseText(Usings));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static file => Path.GetFileNameWithoutExtension(file) != "Tachyon.Failover")
            .Select(static file => MetadataReference.CreateFromFile(file));
        return CSharpCompilation.Create("Library", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }
}
