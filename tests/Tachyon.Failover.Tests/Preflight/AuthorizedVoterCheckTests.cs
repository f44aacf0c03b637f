using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Hosts;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(AuthorizedVoterCheck))]
public sealed class AuthorizedVoterCheckTests() : CheckTests(new AuthorizedVoterCheck(), "TF115")
{
    protected override PairSurvey Bad => Good with { Cluster = Good.Cluster with { VoteState = Voters(Foreign) } };

    [Fact]
    public async Task CheckAsync_AnotherVoterNow_BlocksBothNodes() =>
        (await FindAsync(Bad)).Select(finding => (finding.Node, finding.Severity)).Should().Equal(("a", PreflightSeverity.Blocker), ("b", PreflightSeverity.Blocker));

    [Fact]
    public async Task CheckAsync_AnotherVoterFromTheNextEpochOn_Blocks() =>
        (await FindInClusterAsync(cluster => cluster with { VoteState = Voters(Staked, Foreign) })).Should().HaveCount(2)
            .And.OnlyContain(finding => finding.Seen.Contains($"{Foreign} from the next epoch on", StringComparison.Ordinal));

    [Fact]
    public async Task CheckAsync_StartedWithBothVoters_FindsNothing()
    {
        var both = Started with { AuthorizedVoters = [Started.AuthorizedVoters[0], new StartPath { Path = "next.json", IsAsInSettings = true, Key = Foreign }] };
        NodeSurvey With(NodeSurvey node) => node with { Inspection = node.Inspection.Value! with { Processes = [both] } };

        (await FindAsync(Good with { Source = With(Good.Source), Target = With(Good.Target), Cluster = Good.Cluster with { VoteState = Voters(Staked, Foreign) } })).Should().BeEmpty();
    }

    [Fact]
    public async Task CheckAsync_VotersKeypairCouldNotBeRead_CouldNotLook() => ShouldBeUnseen(
        await FindInTargetsSetupAsync(setup => setup with { Processes = [Started with { AuthorizedVoters = [Started.AuthorizedVoters[0] with { Key = null }] }] }), "b", "staked.json could not be read");
}
