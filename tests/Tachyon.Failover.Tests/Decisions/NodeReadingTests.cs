using FluentAssertions;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Keypairs;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>Why a node may not be changed, by what was read of it.</summary>
public sealed class NodeReadingTests
{
    private static readonly Pubkey Staked = ValidatorKeypair.Generate(1, "staked").Pubkey;
    private static readonly Pubkey Own = ValidatorKeypair.Generate(1, "own").Pubkey;
    private static readonly Pubkey Foreign = ValidatorKeypair.Generate(1, "foreign").Pubkey;

    private static readonly NodeReading Active = Reading(Staked, Own, runs: Staked, IdentityRole.Staked);
    private static readonly NodeReading Inactive = Reading(Staked, Own, runs: Own, IdentityRole.Unstaked);

    [Fact]
    public void Refusal_AllIsAsTheSettingsSay_IsNull()
    {
        Active.Refusal(Staked).Should().BeNull();
        Inactive.Refusal(Staked).Should().BeNull();
        Active.RefusalAsSource(Staked).Should().BeNull();
        Inactive.RefusalAsTarget(Staked).Should().BeNull();
        Active.RefusalAsLost(Staked).Should().BeNull();
        Inactive.RefusalAsLost(Staked).Should().BeNull("a guard may have demoted it");
    }

    [Fact]
    public void Refusal_NamesAreSwapped_NamesBothKeysAndTheRemedy() =>
        ShouldRefuse(Reading(Own, Staked, runs: Staked, IdentityRole.Staked)).Should().Be(
            $"on a, the file of StakedKeypair holds {Own}, and the file of UnstakedKeypair holds {Staked}; the staked identity is {Staked}. Nothing was changed. The two names are swapped: exchange them in the settings");

    [Fact]
    public void Refusal_StakedFileIsAnothers_NamesIt() =>
        ShouldRefuse(Reading(Foreign, Own, runs: Own, IdentityRole.Unstaked)).Should().Contain($"StakedKeypair holds {Foreign}").And.EndWith("Name in StakedKeypair the file that holds the staked identity, or give the right staked identity");

    [Fact]
    public void Refusal_BothFilesAreStaked_NamesTheUnstakedOne() =>
        ShouldRefuse(Reading(Staked, Staked, runs: Staked, IdentityRole.Staked)).Should().EndWith("Name in UnstakedKeypair the file of the node's own identity");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refusal_AKeyCannotBeRead_SaysWhich(bool staked) =>
        ShouldRefuse(Reading(staked ? null : Staked, staked ? Own : null, runs: Own, IdentityRole.Unstaked)).Should()
            .Contain($"{(staked ? "StakedKeypair" : "UnstakedKeypair")} could not be read").And.EndWith("Name keypair files that the user may read");

    [Fact]
    public void Refusal_NobodyAnswered_IsForTheVerbToSay()
    {
        var dark = NodeReading.Of("a", link: null, runs: null);

        dark.Refusal(Staked).Should().BeNull();
        dark.RefusalAsLost(Staked).Should().BeNull("a lost node need not answer");
        dark.RefusalAsTarget(Staked).Should().Contain("could not be read");
        dark.RefusalAsSource(Staked).Should().Contain("could not be read");
    }

    [Fact]
    public void Refusal_StartDoesNotGoByTheLink_SaysSo()
    {
        var other = Inactive with { StartedWith = "/home/sol/unstaked.json" };

        other.Refusal(Staked).Should().Contain("--identity /home/sol/unstaked.json");
        other.RefusalAsTarget(Staked).Should().NotBeNull();
        (Active with { StartedWith = "/x" }).RefusalAsSource(Staked).Should().NotBeNull();
        (Active with { StartedWith = "/x" }).RefusalAsLost(Staked).Should().BeNull("it loses the identity, even if something brings it back");
    }

    [Fact]
    public void RefusalAsTarget_RunsTheStakedIdentity_NamesTheOtherDirection() =>
        Active.RefusalAsTarget(Staked).Should().Be($"a runs the staked identity {Staked}: it is the active node already. Nothing was changed. To move the identity away from it, ask for the other direction");

    [Fact]
    public void RefusalAsTarget_RunsAThirdIdentity_NamesIt() =>
        (Inactive with { Runs = Foreign }).RefusalAsTarget(Staked).Should().Contain($"a runs {Foreign}").And.Contain($"{Own}");

    [Fact]
    public void RefusalAsSource_DoesNotRunTheStakedIdentity_SaysWhatItRuns() => Inactive.RefusalAsSource(Staked).Should().Contain($"a runs {Own}, and not the staked identity {Staked}");

    [Fact]
    public void Refusal_LinkIsNotWhatTheRoleNeeds_SaysWhereItPoints()
    {
        (Active with { Link = Inactive.Link }).RefusalAsSource(Staked).Should().Contain("points at /home/sol/Unstaked.json");
        (Inactive with { Link = Active.Link }).RefusalAsTarget(Staked).Should().Contain("points at /home/sol/Staked.json");
        (Active with { Link = null }).RefusalAsSource(Staked).Should().Contain("the identity link of a points could not be read");
        (Inactive with { Link = null }).RefusalAsTarget(Staked).Should().Contain("could not be read");
        (Active with { Link = Inactive.Link }).RefusalAsLost(Staked).Should().BeNull("a guard may have moved it");
        Reading(Staked, Own, runs: Staked, link: null).RefusalAsLost(Staked).Should().Contain("neither keypair of the node", "it could not be given back");
    }

    [Fact]
    public void RoleIn_AnIdentity_IsToldByTheKeys()
    {
        Active.RoleIn(Staked).Should().Be(IdentityRole.Staked);
        Inactive.RoleIn(Staked).Should().Be(IdentityRole.Unstaked);
        Reading(Own, Staked, runs: Own, IdentityRole.Unstaked).RoleIn(Staked).Should().Be(IdentityRole.Unstaked, "the names of the files do not matter");
        (Inactive with { Runs = Foreign }).RoleIn(Staked).Should().BeNull();
        (Inactive with { Runs = null }).RoleIn(Staked).Should().BeNull();
    }

    private static string ShouldRefuse(NodeReading reading)
    {
        var refusal = reading.Refusal(Staked);

        refusal.Should().NotBeNull().And.Contain("Nothing was changed");
        reading.RefusalAsLost(Staked).Should().Be(refusal);
        reading.RefusalAsSource(Staked).Should().Be(refusal);
        reading.RefusalAsTarget(Staked).Should().Be(refusal);
        return refusal!;
    }

    private static NodeReading Reading(Pubkey? staked, Pubkey? unstaked, Pubkey runs, IdentityRole? link) => NodeReading.Of(
        "a",
        new IdentityLinkTarget { Path = $"/home/sol/{link?.ToString() ?? "third"}.json", Identity = link, StakedKey = staked, UnstakedKey = unstaked },
        runs);
}
