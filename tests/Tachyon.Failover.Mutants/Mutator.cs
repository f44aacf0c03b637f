using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Tachyon.Failover.Mutants;

/// <summary>Finds all that can be changed of the decisions in a file. Not all of it compiles; a compiler tells.</summary>
internal sealed partial class Mutator(SemanticModel model) : CSharpSyntaxWalker
{
    private const string LeftOut = "(left out)";

    // Replaces one node's members by the other's.
    private static readonly (string One, string Other)[] Sides = [("Source", "Target"), ("On", "OtherThan"), ("keeper", "other"), ("All", "Any")];

    private readonly List<Mutant> _found = [];

    public static IReadOnlyList<Mutant> MutantsOf(SemanticModel model)
    {
        var mutator = new Mutator(model);
        mutator.Visit(model.SyntaxTree.GetRoot());
        return [.. mutator._found.GroupBy(mutant => mutant.Name, StringComparer.Ordinal).SelectMany(same => same.Select((mutant, i) => mutant with { Occurrence = i + 1 }))];
    }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        string[] others = node.Kind() switch
        {
            SyntaxKind.LogicalAndExpression => ["||"],
            SyntaxKind.LogicalOrExpression => ["&&"],
            SyntaxKind.EqualsExpression => ["!="],
            SyntaxKind.NotEqualsExpression => ["=="],
            SyntaxKind.LessThanExpression => ["<=", ">="],
            SyntaxKind.LessThanOrEqualExpression => ["<", ">"],
            SyntaxKind.GreaterThanExpression => [">=", "<="],
            SyntaxKind.GreaterThanOrEqualExpression => [">", "<"],
            SyntaxKind.AddExpression => ["-"],
            _ => [],
        };
        foreach (var other in others)
        {
            Replace(node, $"({node.Left} {other} {node.Right})");
        }

        if (node.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression)
        {
            Replace(node, $"({node.Left})");
            Replace(node, $"({node.Right})");
        }

        base.VisitBinaryExpression(node);
    }

    public override void VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.LogicalNotExpression))
        {
            Replace(node, node.Operand.ToString());
        }

        base.VisitPrefixUnaryExpression(node);
    }

    public override void VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        Replace(node.Condition, "true");
        Replace(node.Condition, "false");
        base.VisitConditionalExpression(node);
    }

    public override void VisitIfStatement(IfStatementSyntax node)
    {
        Replace(node.Condition, "true");
        Replace(node.Condition, "false");
        base.VisitIfStatement(node);
    }

    public override void VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        switch (node.Token.Value)
        {
            case bool value:
                Replace(node, value ? "false" : "true");
                break;
            case int value:
                Replace(node, $"{value + 1}");
                Replace(node, $"{value - 1}");
                break;
            default:
                break;
        }
    }

    public override void VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        if (Constant(node) is { } constant)
        {
            var all = constant.ContainingType.GetMembers().OfType<IFieldSymbol>().ToList();
            var at = all.FindIndex(field => field.Name == constant.Name);
            foreach (var other in new[] { all[(at + 1) % all.Count], all[(at + all.Count - 1) % all.Count] }.DistinctBy(field => field.Name))
            {
                Replace(node, $"{node.Expression}.{other.Name}");
            }

            return;
        }

        base.VisitMemberAccessExpression(node);
    }

    public override void VisitIdentifierName(IdentifierNameSyntax node)
    {
        // The name of the property stays: leaving the assignment out is another mutant.
        if (node.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment && assignment.Left == node)
        {
            return;
        }

        foreach (var (one, other) in Sides)
        {
            if (Exchanged(node.Identifier.Text, one, other) is { } exchanged)
            {
                Replace(node, exchanged);
            }
        }
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (node.Expression is MemberAccessExpressionSyntax { Expression: var receiver, Name: var name })
        {
            Replace(node, receiver.ToString(), $".{name}(...)", LeftOut);
        }

        base.VisitInvocationExpression(node);
    }

    /// <summary>A leg: a step of it left out, and two of it in the other order.</summary>
    public override void VisitArgumentList(ArgumentListSyntax node)
    {
        if (node.Arguments is { Count: > 1 } steps && steps.All(step => Constant(step.Expression) is not null))
        {
            var leg = steps.Select(step => step.ToString()).ToList();
            for (var i = 0; i < leg.Count; i++)
            {
                Replace(node, $"({string.Join(", ", leg.Where((_, at) => at != i))})");
                if (i > 0)
                {
                    Replace(node, $"({string.Join(", ", [.. leg[..(i - 1)], leg[i], leg[i - 1], .. leg[(i + 1)..]])})");
                }
            }
        }

        base.VisitArgumentList(node);
    }

    public override void VisitIsPatternExpression(IsPatternExpressionSyntax node)
    {
        Replace(node.Pattern, Negated(node.Pattern));
        base.VisitIsPatternExpression(node);
    }

    public override void VisitBinaryPattern(BinaryPatternSyntax node)
    {
        Replace(node, $"({node.Left})");
        Replace(node, $"({node.Right})");
        base.VisitBinaryPattern(node);
    }

    public override void VisitPropertyPatternClause(PropertyPatternClauseSyntax node)
    {
        LeaveOutEach(node, node.Subpatterns);
        foreach (var subpattern in node.Subpatterns)
        {
            Replace(subpattern.Pattern, Negated(subpattern.Pattern));
        }

        base.VisitPropertyPatternClause(node);
    }

    public override void VisitPositionalPatternClause(PositionalPatternClauseSyntax node)
    {
        foreach (var subpattern in node.Subpatterns.Where(subpattern => subpattern.Pattern is not DiscardPatternSyntax))
        {
            Replace(subpattern.Pattern, "_");
        }

        base.VisitPositionalPatternClause(node);
    }

    public override void VisitSwitchExpression(SwitchExpressionSyntax node)
    {
        foreach (var arm in node.Arms.Where(arm => arm is not { Pattern: DiscardPatternSyntax, WhenClause: null }))
        {
            Replace(TextSpan.FromBounds(arm.FullSpan.Start, arm.GetLastToken().GetNextToken().Span.End), "", arm, arm.ToString(), LeftOut);
        }

        base.VisitSwitchExpression(node);
    }

    public override void VisitWhenClause(WhenClauseSyntax node)
    {
        Replace(node.Condition, "true");
        base.VisitWhenClause(node);
    }

    public override void VisitInitializerExpression(InitializerExpressionSyntax node)
    {
        LeaveOutEach(node, node.Expressions);
        base.VisitInitializerExpression(node);
    }

    public override void VisitPropertyDeclaration(PropertyDeclarationSyntax node)
    {
        if (node.Initializer is { } initializer)
        {
            Replace(TextSpan.FromBounds(initializer.SpanStart, node.SemicolonToken.Span.End), "", initializer, initializer.ToString(), LeftOut);
        }

        base.VisitPropertyDeclaration(node);
    }

    private static string? Exchanged(string name, string one, string other) =>
        char.IsUpper(one[0]) && one.Length > 3
            ? name.StartsWith(one, StringComparison.Ordinal) ? other + name[one.Length..] : name.StartsWith(other, StringComparison.Ordinal) ? one + name[other.Length..] : null
            : name == one ? other : name == other ? one : null;

    private static string Negated(PatternSyntax pattern) =>
        pattern is UnaryPatternSyntax { Pattern: var inner } ? inner.ToString() : pattern is ConstantPatternSyntax ? $"not {pattern}" : $"not ({pattern})";

    private IFieldSymbol? Constant(ExpressionSyntax node) =>
        model.GetSymbolInfo(node).Symbol is IFieldSymbol { IsConst: true, ContainingType.TypeKind: TypeKind.Enum } constant ? constant : null;

    private void LeaveOutEach<T>(SyntaxNode braces, SeparatedSyntaxList<T> parts)
        where T : SyntaxNode
    {
        foreach (var part in parts)
        {
            Replace(braces.Span, $"{{ {string.Join(", ", parts.Where(other => other != part))} }}", braces, part.ToString(), LeftOut);
        }
    }

    private void Replace(SyntaxNode node, string text) => Replace(node, text, node.ToString(), text);

    private void Replace(SyntaxNode node, string text, string before, string after) => Replace(node.Span, text, node, before, after);

    private void Replace(TextSpan span, string text, SyntaxNode at, string before, string after) =>
        _found.Add(new Mutant(model.SyntaxTree, new TextChange(span, text), MemberOf(at), OnOneLine(before), OnOneLine(after)));

    private static string MemberOf(SyntaxNode node)
    {
        var member = node.Ancestors().OfType<MemberDeclarationSyntax>().First();
        var name = member switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            PropertyDeclarationSyntax property => property.Identifier.Text,
            FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
            _ => null,
        };
        var type = member.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().First().Identifier.Text;
        return name is null ? type : $"{type}.{name}";
    }

    private static string OnOneLine(string text) => Spaces().Replace(Comment().Replace(text, ""), " ").Trim();

    [GeneratedRegex(@"//[^\n]*", RegexOptions.None, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
