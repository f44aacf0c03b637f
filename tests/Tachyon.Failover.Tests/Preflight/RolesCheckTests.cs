using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(RolesCheck))]
public sealed class RolesCheckTests() : CheckTests(new RolesCheck(), "TF102")
{
    protected override PairSurvey Bad => Good with { Target = Good.Target with { ContactInfo = Running(Staked) } };

    [Fact]
    public async Task CheckAsync_BothStaked_Blocks() =>
        ShouldBlock(await FindOnTargetAsync(target => target with { ContactInfo = Running(Staked) }), node: null, "both nodes run the staked identity");

    [Fact]
    public async Task CheckAsync_NoneStaked_Blocks() =>
        ShouldBlock(await FindOnSourceAsync(source => source with { ContactInfo = Running(OwnOfA) }), "a", "neither node runs the staked identity");

    [Fact]
    public async Task CheckAsync_StateThatAnInterruptedSwitchoverLeaves_NamesTheRecovery()
    {
        var two = await FindOnTargetAsync(target => target with { ContactInfo = Running(Staked) });
        var none = await FindOnSourceAsync(source => source with { ContactInfo = Running(OwnOfA) });

        two.Concat(none).Should().OnlyContain(finding => finding.Remedy!.Contains(nameof(FailoverCoordinator.RecoverAsync), StringComparison.Ordinal));
    }

    [Fact]
    public async Task CheckAsync_TargetStakedAlready_BlocksAndNamesTheOtherDirection() => ShouldBlock(
        await FindAsync(Good with { Source = Good.Source with { ContactInfo = Running(OwnOfA) }, Target = Good.Target with { ContactInfo = Running(Staked) } }),
        "b",
        "the target runs the staked identity already");

    [Fact]
    public async Task CheckAsync_TargetRunsAForeignIdentity_Blocks() =>
        ShouldBlock(await FindOnTargetAsync(target => target with { ContactInfo = Running(Foreign) }), "b", $"runs {Foreign}");

    [Fact]
    public async Task CheckAsync_SeveralThings_TellsAllAtOnce() =>
        (await FindAsync(Good with { Source = Good.Source with { ContactInfo = Running(OwnOfA) }, Target = Good.Target with { ContactInfo = Running(Foreign) } })).Should().HaveCount(2);

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public async Task H12_5_CheckAsync_RpcIsOfAnotherValidator_BlocksAndNamesBoth(string node)
    {
        var findings = node == "a"
            ? await FindOnSourceAsync(source => source with { RpcIdentity = Foreign })
            : await FindOnTargetAsync(target => target with { RpcIdentity = Foreign });

        ShouldBlock(findings, node, $"the RPC of the settings belongs to {Foreign}");
        findings[0].Remedy.Should().Contain(nameof(ValidatorNodeSettings.RpcPort));
    }

    /// <summary>A takeover does not ask the source.</summary>
    [Fact]
    public async Task CheckAsync_TargetStakedAndTheSourceWasNotAsked_BlocksTheTarget()
    {
        var findings = await FindAsync(Good with { Source = PreflightScene.NotAsked(Good.Source), Target = Good.Target with { ContactInfo = Running(Staked) } });

        ShouldBlock(findings.Where(finding => finding.Node == "b"), "b", "runs the staked identity already");
    }
}
