using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(AuthorizedVoterCheck))]
public sealed class AuthorizedVoterCheckTests() : CheckTests(new AuthorizedVoterCheck(), "TF115")
{
    protected override PairSurvey Bad => Good.With(that => that.Cluster = Good.Cluster.With(it => it.VoteState = Voters(Foreign)));

    [Fact]
    public async Task CheckAsync_AnotherVoterNow_BlocksBothNodes() =>
        (await FindAsync(Bad)).Select(finding => (finding.Node, finding.Severity)).Should().Equal(("a", PreflightSeverity.Blocker), ("b", PreflightSeverity.Blocker));

    [Fact]
    public async Task CheckAsync_AnotherVoterFromTheNextEpochOn_Blocks() =>
        (await FindInClusterAsync(cluster => cluster.With(it => it.VoteState = Voters(Staked, Foreign)))).Should().HaveCount(2)
            .And.OnlyContain(finding => finding.Seen.Contains($"{Foreign} from the next epoch on", StringComparison.Ordinal));

    [Fact]
    public async Task CheckAsync_StartedWithBothVoters_FindsNothing()
    {
        var both = Started.With(static it => it.AuthorizedVoters = [Started.AuthorizedVoters[0], new StartPath { Path = "next.json", IsAsInSettings = true, Key = Foreign }]);
        NodeSurvey With(NodeSurvey node) => node.With(made => made.Inspection = (node.Inspection.Value!).With(it => { it.Processes = [both]; it.AuthorizedVoters = [Staked, Foreign]; }));

        (await FindAsync(Good.With(that => { that.Source = With(Good.Source); that.Target = With(Good.Target); that.Cluster = Good.Cluster.With(it => it.VoteState = Voters(Staked, Foreign)); }))).Should().BeEmpty();
    }

    [Fact]
    public async Task CheckAsync_VotersKeypairCouldNotBeRead_IsInconclusive() => ShouldBeUnseen(
        await FindInTargetsSetupAsync(setup => setup.With(static it => it.Processes = [Started.With(static it => it.AuthorizedVoters = [Started.AuthorizedVoters[0].With(static it => it.Key = null)])])), "b", "staked.json could not be read");

    /// <summary>The validator has the voter, and votes. A switchover restores the voters of the settings.</summary>
    [Fact]
    public async Task H5_CheckAsync_SettingsLackTheVoterOnChain_BlocksBothNodes()
    {
        var started = Started.With(static it => it.AuthorizedVoters = [Started.AuthorizedVoters[0], new StartPath { Path = "voter.json", IsAsInSettings = false, Key = Foreign }]);
        NodeSurvey With(NodeSurvey node) => node.With(made => made.Inspection = (node.Inspection.Value!).With(it => it.Processes = [started]));

        var findings = await FindAsync(Good.With(that => { that.Source = With(Good.Source); that.Target = With(Good.Target); that.Cluster = Good.Cluster.With(it => it.VoteState = Voters(Foreign)); }));

        findings.Select(finding => (finding.Node, finding.Severity)).Should().Equal(("a", PreflightSeverity.Blocker), ("b", PreflightSeverity.Blocker));
        findings.Should().OnlyContain(finding => finding.Seen.Contains(Foreign.ToString(), StringComparison.Ordinal) && finding.Seen.EndsWith("could not add it again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task H5_CheckAsync_SettingsLackTheVoterOfTheNextEpoch_Blocks()
    {
        var both = Started.With(static it => it.AuthorizedVoters = [Started.AuthorizedVoters[0], new StartPath { Path = "next.json", IsAsInSettings = false, Key = Foreign }]);
        NodeSurvey With(NodeSurvey node, IReadOnlyList<Pubkey> voters) => node.With(made => made.Inspection = (node.Inspection.Value!).With(it => { it.Processes = [both]; it.AuthorizedVoters = voters; }));

        ShouldBlock(
            await FindAsync(Good.With(that => { that.Source = With(Good.Source, [Staked]); that.Target = With(Good.Target, [Staked, Foreign]); that.Cluster = Good.Cluster.With(it => it.VoteState = Voters(Staked, Foreign)); })),
            "a",
            $"{Foreign} from the next epoch on");
    }

    [Fact]
    public async Task CheckAsync_VoterOfTheSettingsCouldNotBeRead_IsInconclusive() =>
        ShouldBeUnseen(await FindInTargetsSetupAsync(setup => setup.With(static it => it.AuthorizedVoters = null)), "b", "that the settings name could not be read");
}
