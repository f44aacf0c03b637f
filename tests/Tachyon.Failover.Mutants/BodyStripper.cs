using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tachyon.Failover.Mutants;

/// <summary>Takes from a file what its methods do, and leaves what it declares: the tests of the protocol run none of it, and a compiler takes its time for it.</summary>
internal sealed class BodyStripper : CSharpSyntaxRewriter
{
    private static readonly ArrowExpressionClauseSyntax Nothing = SyntaxFactory.ArrowExpressionClause(SyntaxFactory.ParseExpression(" throw null!"));
    private static readonly SyntaxToken Semicolon = SyntaxFactory.Token(SyntaxKind.SemicolonToken);

    public override SyntaxNode VisitMethodDeclaration(MethodDeclarationSyntax node) =>
        node.Body is null && node.ExpressionBody is null ? node
        : node.WithModifiers([.. node.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword))]).WithBody(null).WithExpressionBody(Nothing).WithSemicolonToken(Semicolon);

    public override SyntaxNode VisitConstructorDeclaration(ConstructorDeclarationSyntax node) =>
        node.WithBody(null).WithExpressionBody(Nothing).WithSemicolonToken(Semicolon);

    public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node) =>
        node.ExpressionBody is null ? base.VisitPropertyDeclaration(node) : node.WithExpressionBody(Nothing);

    public override SyntaxNode VisitAccessorDeclaration(AccessorDeclarationSyntax node) =>
        node.Body is null && node.ExpressionBody is null ? node : node.WithBody(null).WithExpressionBody(Nothing).WithSemicolonToken(Semicolon);
}
