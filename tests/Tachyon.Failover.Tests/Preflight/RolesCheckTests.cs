using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(RolesCheck))]
public sealed class RolesCheckTests() : CheckTests(new RolesCheck(), "TF102")
{
    protected override PairSurvey Bad => Good with { Target = Good.Target with { ContactInfo = Runs(Staked) } };

    [Fact]
    public async Task CheckAsync_BothStaked_Blocks() =>
        ShouldBlock(await FindOnTargetAsync(target => target with { ContactInfo = Runs(Staked) }), node: null, "Both nodes run the staked identity");

    [Fact]
    public async Task CheckAsync_NoneStaked_Blocks() =>
        ShouldBlock(await FindOnSourceAsync(source => source with { ContactInfo = Runs(OwnOfA) }), "a", "Neither node runs the staked identity");

    [Fact]
    public async Task CheckAsync_StateThatAnInterruptedSwitchoverLeaves_NamesTheRecovery()
    {
        var two = await FindOnTargetAsync(target => target with { ContactInfo = Runs(Staked) });
        var none = await FindOnSourceAsync(source => source with { ContactInfo = Runs(OwnOfA) });

        two.Concat(none).Should().OnlyContain(finding => finding.Remedy!.Contains(nameof(FailoverCoordinator.RecoverAsync), StringComparison.Ordinal));
    }

    [Fact]
    public async Task CheckAsync_TargetStakedAlready_BlocksAndNamesTheOtherDirection() => ShouldBlock(
        await FindAsync(Good with { Source = Good.Source with { ContactInfo = Runs(OwnOfA) }, Target = Good.Target with { ContactInfo = Runs(Staked) } }),
        "b",
        "ask for the other direction");

    [Fact]
    public async Task CheckAsync_TargetRunsAForeignIdentity_Blocks() =>
        ShouldBlock(await FindOnTargetAsync(target => target with { ContactInfo = Runs(Foreign) }), "b", $"runs {Foreign}");

    [Fact]
    public async Task CheckAsync_ShredVersionsDiffer_Blocks() =>
        ShouldBlock(await FindOnTargetAsync(target => target with { ContactInfo = Runs(OwnOfB, shredVersion: 7) }), node: null, "two clusters");

    [Fact]
    public async Task CheckAsync_SameGossipAddress_Blocks() =>
        ShouldBlock(await FindOnTargetAsync(target => target with { ContactInfo = Runs(OwnOfB, gossip: "192.0.2.1:8001") }), node: null, "one machine by mistake");

    [Fact]
    public async Task CheckAsync_SeveralThings_TellsAllAtOnce() =>
        (await FindOnTargetAsync(target => target with { ContactInfo = Runs(Foreign, shredVersion: 7, gossip: "192.0.2.1:8001") })).Should().HaveCount(3);
}
