using FluentAssertions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>Who gives up waiting for something that is being made must see to it that it is closed when it comes.</summary>
public sealed class LateTests
{
    private const string TheHelper = "src/Tachyon.Failover/Shells/Late.cs";

    /// <summary>Connecting is shared, and the shell has it: one caller who gives up does not end it for the others, and the shell closes it.</summary>
    private const string TheShared = "src/Tachyon.Failover/Shells/SshNetShell.cs: connecting";

    [Fact]
    public void C9_WaitAsync_OverATaskThatMakesSomething_IsBanned()
    {
        var trees = Repository.SourceFiles("src/Tachyon.Failover")
            .Select(file => CSharpSyntaxTree.ParseText(Repository.Read(file), path: file))
            .Append(CSharpSyntaxTree.ParseText(
                "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;"))
            .ToArray();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static file => Path.GetFileNameWithoutExtension(file) != "Tachyon.Failover")
            .Select(static file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create("Library", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        var waits = trees.SelectMany(tree => WaitsIn(tree, compilation.GetSemanticModel(tree))).ToArray();

        waits.Should().Contain(static wait => !wait.Makes, "otherwise nothing was looked at");
        waits.Where(static wait => wait.Makes).Select(static wait => wait.Place).Should().Equal(TheShared);
    }

    private static IEnumerable<(string Place, bool Makes)> WaitsIn(SyntaxTree tree, SemanticModel model)
    {
        foreach (var access in tree.GetRoot().DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(static access => access.Name.Identifier.Text == "WaitAsync"))
        {
            if (model.GetTypeInfo(access.Expression).Type is INamedTypeSymbol { Name: "Task" } task && tree.FilePath != TheHelper)
            {
                yield return ($"{tree.FilePath}: {access.Expression}", task.TypeArguments is [var made] && made.AllInterfaces.Append(made).Any(static type => type.Name is "IDisposable" or "IAsyncDisposable"));
            }
        }
    }
}
