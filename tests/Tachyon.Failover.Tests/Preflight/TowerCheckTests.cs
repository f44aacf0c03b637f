using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Tests.Towers;
using Tachyon.Failover.Towers;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(TowerCheck))]
public sealed class TowerCheckTests() : CheckTests(new TowerCheck(), "TF105")
{
    private static readonly TowerFile BadTower = Spoilt(Tower(3));

    protected override PairSurvey Bad => Good.With(that => that.Target = Good.Target.With(it => it.Tower = Tower(4)));

    [Fact]
    public async Task CheckAsync_SourceHasNone_Blocks() =>
        ShouldBlock(await FindOnSourceAsync(source => source.With(it => it.Tower = CallResult.NotDone(CallFailure.TowerMissing, "none at /mnt/ledger"))), "a", "none at /mnt/ledger");

    [Fact]
    public async Task CheckAsync_SourcesIsBad_Blocks() => ShouldBlock(await FindOnSourceAsync(source => source.With(it => it.Tower = BadTower)), "a", "signature");

    [Fact]
    public async Task CheckAsync_SourcesIsOfAnother_Blocks() =>
        ShouldBlock(await FindOnSourceAsync(source => source.With(it => it.Tower = GoldenTowers.Load(GoldenTowers.Other).File)), "a", "The tower is of ");

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task CheckAsync_LeftoverNotNewer_IsANote(int number) =>
        ShouldBe(await FindOnTargetAsync(target => target.With(it => it.Tower = Tower(number))), "b", PreflightSeverity.Info, "it will be moved aside");

    [Fact]
    public async Task CheckAsync_LeftoverThatIsBad_IsANote() =>
        ShouldBe(await FindOnTargetAsync(target => target.With(it => it.Tower = BadTower)), "b", PreflightSeverity.Info, "it will be moved aside");

    [Fact]
    public async Task CheckAsync_LeftoverNewer_Blocks() =>
        (await FindOnTargetAsync(target => target.With(it => it.Tower = Tower(4)))).Should().ContainSingle(finding =>
            finding.Severity == PreflightSeverity.Blocker
            && finding.Node == "b"
            && finding.Seen.Contains("the target has voted since", StringComparison.Ordinal)
            && finding.Remedy!.Contains(nameof(FailoverCoordinator.RecoverAsync), StringComparison.Ordinal));

    [Fact]
    public async Task CheckAsync_LeftoverCouldNotBeRead_Blocks() =>
        ShouldBeUnseen(await FindOnTargetAsync(target => target.With(it => it.Tower = CallResult.NotDone(CallFailure.PermissionDenied, "Permission denied"))), "b", "Permission denied");

    [Fact]
    public async Task CheckAsync_SourcesIsBehindTheChain_Blocks() => ShouldBlock(await FindAsync(Landed(4807)), "a", "the chain has a vote for slot 4807");

    [Fact]
    public async Task CheckAsync_ChainWasProbedSomewhatLater_FindsNothing() => (await FindAsync(Landed(4806))).Should().BeEmpty();

    [Fact]
    public async Task CheckAsync_StartedWithAnotherTowerFolder_Blocks() => ShouldBlock(
        await FindInTargetsSetupAsync(setup => setup.With(static it => it.Processes = [Started.With(static it => it.TowerFolder = new StartPath { Path = "/mnt/towers", IsAsInSettings = false })])), "b", "its towers in /mnt/towers");

    [Fact]
    public async Task CheckAsync_StartedWithTheTowerFolder_FindsNothing() =>
        (await FindInTargetsSetupAsync(setup => setup.With(static it => it.Processes = [Started.With(static it => it.TowerFolder = new StartPath { Path = "/mnt/towers", IsAsInSettings = true })]))).Should().BeEmpty();

    [Fact]
    public async Task CheckAsync_BothSidesWrong_TellsBothAtOnce()
    {
        var unreadable = CallResult.NotDone(CallFailure.PermissionDenied, "Permission denied");

        var findings = await FindAsync(Good.With(made => { made.Source = Good.Source.With(that => that.Tower = BadTower); made.Target = Good.Target.With(it => it.Tower = unreadable); }));

        findings.Select(finding => (finding.Node, finding.Severity)).Should().Equal(("a", PreflightSeverity.Blocker), ("b", PreflightSeverity.Blocker));
    }

    /// <summary>No node can have voted for a slot that the cluster has not reached. The preflight reports it before any change, and not in the gap.</summary>
    [Fact]
    public async Task H12_9_CheckAsync_LeftoverIsAheadOfTheCluster_BlocksWithTheCommand()
    {
        var findings = await FindAsync(Good.With(made =>
        {
            made.Target = Good.Target.With(that => that.Tower = Tower(4));
            made.Cluster = Good.Cluster.With(it => it.Epoch = At(4770));
        }));

        ShouldBlock(findings, "b", "the cluster is at slot 4770");
        findings[0].Remedy.Should().Contain("command MoveTowerAside");
    }

    [Fact]
    public async Task W1_CheckAsync_TargetIsTheActiveOne_FindsNothing() => (await FindAsync(Good.With(made =>
    {
        made.Source = Good.Source.With(that => { that.ContactInfo = Running(OwnOfA); that.Tower = CallResult.NotDone(CallFailure.TowerMissing); });
        made.Target = Good.Target.With(it => { it.ContactInfo = Running(Staked); it.Tower = Tower(4); });
    }))).Should().BeEmpty("TF102 says what is so");

    private static PairSurvey Landed(ulong slot) => PreflightScene.Good.With(it => it.VoteAccount = Account(isDelinquent: false).With(that => that.LastVote = slot));

    private static TowerFile Spoilt(TowerFile tower)
    {
        var bytes = tower.Bytes.ToArray();
        bytes[10] ^= 1;
        return new TowerFile(bytes);
    }
}
