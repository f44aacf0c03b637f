using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(StartCommandCheck))]
public sealed class StartCommandCheckTests() : CheckTests(new StartCommandCheck(), "TF112")
{
    protected override PairSurvey Bad => WithTargetsSetup(setup => setup.With(static it => it.Processes = [Started.With(static it => it.Identity = Other("staked.json"))]));

    [Fact]
    public async Task CheckAsync_IdentityIsNotTheLink_Blocks() => ShouldBlock(await FindAsync(Bad), "b", "--identity staked.json");

    [Fact]
    public async Task CheckAsync_NoAuthorizedVoter_Blocks() => ShouldBlock(await FindAsync(Voters([])), "b", "no --authorized-voter");

    [Fact]
    public async Task CheckAsync_OtherAuthorizedVoter_Blocks() => ShouldBlock(await FindAsync(Voters([Other("voter.json")])), "b", "--authorized-voter voter.json");

    [Fact]
    public async Task CheckAsync_OneOfSeveralVotersIsTheOne_FindsNothing() => Assert.Empty(await FindAsync(Voters([Other("voter.json"), Started.AuthorizedVoters[0]])));

    [Fact]
    public async Task CheckAsync_PathsRelativeToAHiddenFolder_IsInconclusive()
    {
        var hidden = new StartPath { Path = "identity.json", IsAsInSettings = null };

        ShouldBeUnseen(await FindInTargetsSetupAsync(setup => setup.With(it => it.Processes = [Started.With(it => it.Identity = hidden)])), "b", "--identity identity.json");
        ShouldBeUnseen(await FindAsync(Voters([hidden])), "b", "hidden from the user");
    }

    [Theory]
    [InlineData("--no-voting")]
    [InlineData("--restricted-repair-only-mode")]
    public async Task H9_CheckAsync_StartedWithAFlagByWhichItNeverVotes_BlocksAndNamesIt(string flag) =>
        ShouldBlock(await FindInTargetsSetupAsync(setup => setup.With(it => it.Processes = [Started.With(it => it.Flags = [flag])])), "b", flag);

    [Fact]
    public async Task H9_CheckAsync_TowersInEtcd_BlocksAndNamesTheOption() =>
        ShouldBlock(await FindInTargetsSetupAsync(setup => setup.With(static it => it.Processes = [Started.With(static it => it.TowerStorage = "etcd")])), "b", "--tower-storage etcd");

    [Fact]
    public async Task H9_CheckAsync_TowersInFiles_FindsNothing() => (await FindInTargetsSetupAsync(setup => setup.With(static it => it.Processes = [Started.With(static it => it.TowerStorage = "file")]))).Should().BeEmpty();

    [Fact]
    public async Task H9_CheckAsync_NoVoteAccount_BlocksAndNamesTheOption() =>
        ShouldBlock(await FindInTargetsSetupAsync(setup => setup.With(static it => it.Processes = [Started.With(static it => it.VoteAccount = null)])), "b", "no --vote-account");

    [Fact]
    public async Task H9_CheckAsync_AnotherVoteAccount_BlocksAndNamesBoth() => ShouldBlock(
        await FindInTargetsSetupAsync(setup => setup.With(static it => it.Processes = [Started.With(static it => it.VoteAccount = (Started.VoteAccount!).With(static it => it.Key = OwnOfA))])),
        "b",
        $"--vote-account {OwnOfA}, and the staked identity's vote account is {Foreign}");

    [Fact]
    public async Task H9_CheckAsync_VoteAccountIsAFileThatCannotBeRead_IsInconclusive() => ShouldBeUnseen(
        await FindInTargetsSetupAsync(setup => setup.With(static it => it.Processes = [Started.With(static it => it.VoteAccount = new StartPath { Path = "vote.json", IsAsInSettings = false })])), "b", "--vote-account vote.json");

    private static StartPath Other(string path) => new() { Path = path, IsAsInSettings = false };

    private static PairSurvey Voters(IReadOnlyList<StartPath> voters) => WithTargetsSetup(setup => setup.With(it => it.Processes = [Started.With(it => it.AuthorizedVoters = voters)]));
}
