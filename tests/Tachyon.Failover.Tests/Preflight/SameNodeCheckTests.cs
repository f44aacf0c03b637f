using Tachyon.Failover.Contracts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(SameNodeCheck))]
public sealed class SameNodeCheckTests() : CheckTests(new SameNodeCheck(), "TF120")
{
    protected override PairSurvey Bad => WithTargetsSetup(setup => setup.With(it => it.LedgerPlace = Good.Source.Inspection.Value!.LedgerPlace));

    [Fact]
    public async Task CheckAsync_SameLedger_Blocks() => ShouldBlock(await FindAsync(Bad), node: null, "the same ledger on the same machine");

    [Fact]
    public async Task CheckAsync_SameGossipAddress_Blocks() =>
        ShouldBlock(await FindOnTargetAsync(target => target.With(it => it.ContactInfo = Running(OwnOfB, gossip: GossipOfA))), node: null, GossipOfA);

    [Fact]
    public async Task CheckAsync_PlaceIsNotKnown_IsInconclusive() => ShouldBeUnseen(await FindInTargetsSetupAsync(setup => setup.With(static it => it.LedgerPlace = null)), "b", "unknown");
}
