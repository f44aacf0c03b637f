using FluentAssertions;
using Tachyon.Failover.Preflight;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="IPreflightCheck"/> of the packages. Derive one class for each check.</summary>
public abstract class PreflightCheckContract
{
    protected abstract IPreflightCheck Check { get; }

    /// <summary>The permanent code of the check.</summary>
    protected abstract string Code { get; }

    protected abstract ValidatorPair Pair { get; }

    /// <summary>The answers of two nodes that are set up as in the guide.</summary>
    protected abstract PairSurvey Good { get; }

    /// <summary>Answers in which the check must find something.</summary>
    protected abstract PairSurvey Bad { get; }

    /// <summary>The survey when no node answers.</summary>
    protected abstract PairSurvey Silent { get; }

    /// <summary>The calls of the pair's parts that could have changed something.</summary>
    protected abstract IReadOnlyCollection<string> Changes { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Code_ForGood_IsTheOneInTheDocs()
    {
        Check.Code.Should().Be(Code);
        Code.Should().MatchRegex("^TF1[0-9]{2}$");
    }

    /// <summary>A mere measurement, such as the distance of the nodes, is a note.</summary>
    [Fact]
    public async Task CheckAsync_GoodPair_FindsNothingButNotes() =>
        (await Check.CheckAsync(Pair, Good, Token)).Where(finding => finding.Severity != PreflightSeverity.Info).Should().BeEmpty();

    [Fact]
    public async Task CheckAsync_BadPair_FindsItUnderItsCode()
    {
        var findings = await Check.CheckAsync(Pair, Bad, Token);

        findings.Should().NotBeEmpty();
        findings.Should().OnlyContain(finding => finding.Code == Code && finding.Severity != PreflightSeverity.Info && finding.Seen.Length > 0 && finding.Expected.Length > 0 && !finding.IsInconclusive);
        findings.Select(finding => finding.Node).Should().BeSubsetOf([null, Pair.Source.Name, Pair.Target.Name]);
    }

    [Fact]
    public async Task CheckAsync_NobodyAnswers_IsInconclusive() =>
        (await Check.CheckAsync(Pair, Silent, Token)).Should().NotBeEmpty().And.OnlyContain(finding => finding.IsInconclusive && finding.Severity == PreflightSeverity.Blocker && finding.Code == Code);

    [Fact]
    public async Task CheckAsync_NobodyWasAsked_IsInconclusive()
    {
        CallResult notAsked = CallResult.NotDone(CallFailure.Skipped, "it was not asked");
        NodeSurvey Unasked(NodeSurvey node) => new() { Side = node.Side, Name = node.Name, ContactInfo = notAsked, Link = notAsked, Tower = notAsked };

        (await Check.CheckAsync(Pair, new PairSurvey { Source = Unasked(Good.Source), Target = Unasked(Good.Target), VoteAccount = notAsked }, Token))
            .Should().NotBeEmpty().And.OnlyContain(finding => finding.IsInconclusive);
    }

    [Fact]
    public async Task CheckAsync_ManyTimesAtOnce_FindsTheSameAndChangesNothing()
    {
        var first = await Check.CheckAsync(Pair, Bad, Token);

        var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Check.CheckAsync(Pair, Bad, Token), Token)));

        others.Should().AllSatisfy(findings => findings.Should().BeEquivalentTo(first, static it => it.WithStrictOrdering()));
        Changes.Should().BeEmpty();
    }
}
