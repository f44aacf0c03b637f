using FluentAssertions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>A caller that stops waiting for an object under construction must make sure that the object is closed when it comes.</summary>
public sealed class LateTests
{
    private const string TheHelper = "src/Tachyon.Failover/Shells/Late.cs";

    /// <summary>The shell owns the shared connection: a caller that cancels does not end it for the others, and the shell closes it.</summary>
    private const string TheShared = "src/Tachyon.Failover/Shells/SshNetShell.cs: connecting";

    [Fact]
    public void C9_WaitAsync_OverATaskThatMakesSomething_IsBanned()
    {
        var waits = LibraryCode.Files.SelectMany(static file => WaitsIn(file.Tree, file.Model)).ToArray();

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
