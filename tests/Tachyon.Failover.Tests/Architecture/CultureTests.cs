using System.Globalization;
using FluentAssertions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>Numbers read the same in every culture. These tests run with the invariant culture, so a decimal comma would show only on a user's machine.</summary>
public sealed class CultureTests
{
    [Fact]
    public void C19_EveryNumberWithAPoint_IsWrittenWithoutRegardToTheCulture()
    {
        var holes = LibraryCode.Files.SelectMany(static file => HolesIn(file.Tree, file.Model)).ToArray();

        holes.Should().Contain(static hole => hole.IsInvariant, "otherwise nothing was looked at");
        holes.Where(static hole => !hole.IsInvariant).Select(static hole => hole.Place).Should().BeEmpty();
    }

    [Fact]
    public void C19_Validate_CultureWithADecimalComma_WritesPoints()
    {
        var before = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = culture;
        try
        {
            new FailoverOptions { RetryDelay = TimeSpan.FromSeconds(45.5), JournalTimeout = TimeSpan.FromSeconds(1) }.Validate()
                .Should().ContainSingle().Which.Should().Contain("45.5 s");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static IEnumerable<(string Place, bool IsInvariant)> HolesIn(SyntaxTree tree, SemanticModel model)
    {
        foreach (var text in tree.GetRoot().DescendantNodes().OfType<InterpolatedStringExpressionSyntax>())
        {
            foreach (var hole in text.Contents.OfType<InterpolationSyntax>())
            {
                // A number without a decimal point reads the same everywhere.
                if (model.GetTypeInfo(hole.Expression).Type?.SpecialType is SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Decimal
                    && hole.FormatClause?.FormatStringToken.Text.Contains('.') != false)
                {
                    yield return ($"{tree.FilePath}: {text}", model.GetTypeInfo(text).ConvertedType?.SpecialType != SpecialType.System_String);
                }
            }
        }
    }
}
