using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Tachyon.Failover.Mutants;

/// <summary>One change of one decision.</summary>
/// <param name="Tree">The changed file.</param>
/// <param name="Change">The change of its text.</param>
/// <param name="Member">The type and the member that hold it, <c>PairVerdict.OfEquals</c>.</param>
/// <param name="Before">The changed code, on one line.</param>
/// <param name="After">The new code.</param>
internal sealed record Mutant(SyntaxTree Tree, TextChange Change, string Member, string Before, string After)
{
    /// <summary>Which of those that read the same in this member; 1 for nearly all.</summary>
    public int Occurrence { get; init; } = 1;

    /// <summary>Names the mutant, independent of the lines around it.</summary>
    public string Name => $"{Member}: {Before} -> {After}{(Occurrence == 1 ? "" : $" ({Occurrence})")}";

    /// <summary>The line, from 1 on.</summary>
    public int Line => Tree.GetText().Lines.GetLinePosition(Change.Span.Start).Line + 1;

    public override string ToString() => $"{Path.GetFileName(Tree.FilePath)}:{Line} {Name}";
}
