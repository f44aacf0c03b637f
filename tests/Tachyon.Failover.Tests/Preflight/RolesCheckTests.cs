using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(RolesCheck))]
public sealed class RolesCheckTests() : CheckTests(new RolesCheck(), "TF102")
{
    protected override PairSurvey Bad => Good.With(that => that.Target = Good.Target.With(it => it.ContactInfo = Running(Staked)));

    [Fact]
    public async Task CheckAsync_BothStaked_Blocks() =>
        ShouldBlock(await FindOnTargetAsync(target => target.With(it => it.ContactInfo = Running(Staked))), node: null, "both nodes run the staked identity");

    [Fact]
    public async Task CheckAsync_NoneStaked_Blocks() =>
        ShouldBlock(await FindOnSourceAsync(source => source.With(it => it.ContactInfo = Running(OwnOfA))), "a", "neither node runs the staked identity");

    [Fact]
    public async Task CheckAsync_StateThatAnInterruptedSwitchoverLeaves_NamesTheRecovery()
    {
        var two = await FindOnTargetAsync(target => target.With(that => that.ContactInfo = Running(Staked)));
        var none = await FindOnSourceAsync(source => source.With(it => it.ContactInfo = Running(OwnOfA)));

        two.Concat(none).Should().OnlyContain(finding => finding.Remedy!.Contains(nameof(FailoverCoordinator.RecoverAsync), StringComparison.Ordinal));
    }

    [Fact]
    public async Task CheckAsync_TargetStakedAlready_BlocksAndNamesTheOtherDirection() => ShouldBlock(
        await FindAsync(Good.With(made => { made.Source = Good.Source.With(that => that.ContactInfo = Running(OwnOfA)); made.Target = Good.Target.With(it => it.ContactInfo = Running(Staked)); })),
        "b",
        "the target runs the staked identity already");

    [Fact]
    public async Task CheckAsync_TargetRunsAForeignIdentity_Blocks() =>
        ShouldBlock(await FindOnTargetAsync(target => target.With(it => it.ContactInfo = Running(Foreign))), "b", $"runs {Foreign}");

    [Fact]
    public async Task CheckAsync_SeveralThings_TellsAllAtOnce() =>
        (await FindAsync(Good.With(made => { made.Source = Good.Source.With(that => that.ContactInfo = Running(OwnOfA)); made.Target = Good.Target.With(it => it.ContactInfo = Running(Foreign)); }))).Should().HaveCount(2);

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public async Task H12_5_CheckAsync_RpcIsOfAnotherValidator_BlocksAndNamesBoth(string node)
    {
        var findings = node == "a"
            ? await FindOnSourceAsync(source => source.With(that => that.RpcIdentity = Foreign))
            : await FindOnTargetAsync(target => target.With(it => it.RpcIdentity = Foreign));

        ShouldBlock(findings, node, $"the RPC of the settings belongs to {Foreign}");
        findings[0].Remedy.Should().Contain(nameof(ValidatorNodeSettings.RpcPort));
    }

    /// <summary>A takeover does not ask the source.</summary>
    [Fact]
    public async Task CheckAsync_TargetStakedAndTheSourceWasNotAsked_BlocksTheTarget()
    {
        var findings = await FindAsync(Good.With(that => { that.Source = PreflightScene.NotAsked(Good.Source); that.Target = Good.Target.With(it => it.ContactInfo = Running(Staked)); }));

        ShouldBlock(findings.Where(finding => finding.Node == "b"), "b", "runs the staked identity already");
    }
}
