using FluentAssertions;
using Moq;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Hosts;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation;
using Xunit;

namespace Tachyon.Failover.Tests.Safety;

/// <summary>The parts of a node stay with it in both directions. A pair with the transport of the other direction is refused (findings C17 and E11).</summary>
public sealed class PairDirectionTests
{
    private readonly SimulatedPair _pair = new(11);

    [Fact]
    public async Task C17_TurnedRoundWithTheTransportOfTheOldDirection_EveryCallRefusesIt()
    {
        var given = _pair.FromAToB;
        var turned = given with { Source = given.Target, Target = given.Source };
        var coordinator = new FailoverCoordinator(new FailoverOptions { Reclassify = static _ => PreflightSeverity.Info }, timeProvider: _pair.Time);

        foreach (var call in (Func<Task>[])[
            () => coordinator.PreflightAsync(turned), () => coordinator.DryRunAsync(turned), () => coordinator.SwitchoverAsync(turned), () => coordinator.TakeoverAsync(turned),
            () => coordinator.DiagnoseAsync(turned), () => coordinator.RecoverAsync(turned), () => coordinator.CompleteDemotionAsync(turned), () => coordinator.AssessEvidenceAsync(turned)])
        {
            (await call.Should().ThrowAsync<InvalidSettingsException>()).WithMessage("*Towers goes from a to b, and the pair from b to a*");
        }

        _pair.A.RunsStaked.Should().BeTrue();
    }

    [Fact]
    public void C17_TurnedRoundWithItsOwnTransport_OrWithOtherParts_IsTaken()
    {
        var (there, back) = (_pair.FromAToB, _pair.FromBToA);

        (there with { Source = there.Target, Target = there.Source, Towers = back.Towers }).Validate().Should().BeEmpty();
        (there with { Source = there.Source with { Name = "berlin", RestartWindow = null } }).Validate().Should().BeEmpty();
        (there with { Ports = null } with { Source = there.Target, Target = there.Source }).Validate().Should().NotBeEmpty("it is still the transport of the first pair");
    }

    [Fact]
    public async Task E11_FencesAndWitnesses_AreGivenOnceAndComeWithTheNodeInBothDirections()
    {
        var (fenceOfA, fenceOfB) = (new Mock<IFencingDevice>(MockBehavior.Strict).Object, new Mock<IFencingDevice>(MockBehavior.Strict).Object);
        Witness[] witnesses = [new() { Name = "elsewhere", Rpc = new Mock<IClusterRpc>(MockBehavior.Strict).Object }];
        await using var shell = new LocalShell();
        await using var pair = new ShellValidatorPair(ValidatorKeypair.Generate(1, "staked").Pubkey, Settings("a"), shell, Settings("b"), shell) { Witnesses = witnesses, FenceOfA = fenceOfA, FenceOfB = fenceOfB };

        (pair.FromAToB.Source.FencingDevice, pair.FromAToB.Target.FencingDevice).Should().Be((fenceOfA, fenceOfB));
        (pair.FromBToA.Source.FencingDevice, pair.FromBToA.Target.FencingDevice).Should().Be((fenceOfB, fenceOfA));
        pair.FromAToB.Witnesses.Should().BeSameAs(witnesses);
        pair.FromBToA.Witnesses.Should().BeSameAs(witnesses);
    }

    private static ValidatorNodeSettings Settings(string name) => new()
    {
        Name = name,
        Ledger = "/mnt/ledger",
        IdentityLink = "/home/sol/identity.json",
        StakedKeypair = "/home/sol/staked.json",
        UnstakedKeypair = "/home/sol/unstaked.json",
    };
}
