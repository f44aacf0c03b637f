using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(LockCheck))]
public sealed class LockCheckTests() : CheckTests(new LockCheck(), "TF121")
{
    protected override PairSurvey Bad => WithTargetsSetup(setup => setup.With(static it => { it.IsLocked = true; it.LockHolder = "them"; }));

    [Fact]
    public async Task CheckAsync_Held_BlocksAndNamesTheHolder() => ShouldBlock(await FindAsync(Bad), "b", "held by them");

    [Fact]
    public async Task CheckAsync_HeldByANamelessOne_Blocks() => ShouldBlock(await FindInTargetsSetupAsync(setup => setup.With(static it => it.IsLocked = true)), "b", "an unnamed holder");

    [Fact]
    public async Task CheckAsync_NotKnown_IsInconclusive() => ShouldBeUnseen(await FindInTargetsSetupAsync(setup => setup.With(static it => it.IsLocked = null)), "b", "unknown");

    /// <summary>The holder may be in the middle of the gap.</summary>
    [Fact]
    public async Task S5_CheckAsync_Held_TellsNobodyToEndTheOther() =>
        (await FindAsync(Bad)).Should().ContainSingle().Which.Remedy.Should().Contain("do not end it").And.Contain(nameof(FailoverCoordinator.RecoverAsync));
}
