using FluentAssertions;
using Tachyon.Failover.Preflight;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>What every <see cref="IPreflightCheck"/> of the packages keeps to. Derive from it, once for each check.</summary>
public abstract class PreflightCheckContract
{
    protected abstract IPreflightCheck Check { get; }

    /// <summary>The code that the check must have for good.</summary>
    protected abstract string Code { get; }

    protected abstract ValidatorPair Pair { get; }

    /// <summary>What two nodes say that are set up as the guide has them.</summary>
    protected abstract PairSurvey Good { get; }

    /// <summary>What two nodes say of which the check must find something.</summary>
    protected abstract PairSurvey Bad { get; }

    /// <summary>What is left when no node answers anything.</summary>
    protected abstract PairSurvey Silent { get; }

    /// <summary>The calls that were made on the pair's parts and could have changed something.</summary>
    protected abstract IReadOnlyCollection<string> Changes { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Code_ForGood_IsTheOneInTheDocs()
    {
        Check.Code.Should().Be(Code);
        Code.Should().MatchRegex("^TF1[0-9]{2}$");
    }

    [Fact]
    public async Task CheckAsync_GoodPair_FindsNothing() => (await Check.CheckAsync(Pair, Good, Token)).Should().BeEmpty();

    [Fact]
    public async Task CheckAsync_BadPair_FindsItUnderItsCode()
    {
        var findings = await Check.CheckAsync(Pair, Bad, Token);

        findings.Should().NotBeEmpty();
        findings.Should().OnlyContain(finding => finding.Code == Code && finding.Message.Length > 0);
        findings.Select(finding => finding.Node).Should().BeSubsetOf([null, Pair.Source.Name, Pair.Target.Name]);
    }

    [Fact]
    public async Task CheckAsync_NobodyAnswers_DoesNotThrow() => await Check.CheckAsync(Pair, Silent, Token);

    [Fact]
    public async Task CheckAsync_ManyTimesAtOnce_FindsTheSameAndChangesNothing()
    {
        var first = await Check.CheckAsync(Pair, Bad, Token);

        var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Check.CheckAsync(Pair, Bad, Token), Token)));

        others.Should().AllSatisfy(findings => findings.Should().Equal(first));
        Changes.Should().BeEmpty();
    }
}
