using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(IdentityLinkCheck))]
public sealed class IdentityLinkCheckTests() : CheckTests(new IdentityLinkCheck(), "TF104")
{
    protected override PairSurvey Bad => Good.With(that => that.Target = Good.Target.With(it => it.Link = PointsAt(IdentityRole.Staked)));

    [Fact]
    public async Task CheckAsync_NotALink_BlocksWithTheCommand()
    {
        var findings = await FindOnTargetAsync(target => target.With(it => it.Link = CallResult.NotDone(CallFailure.NotALink, "a regular file")));

        ShouldBlock(findings, "b", "a regular file");
        findings[0].Remedy.Should().Be("run on b: link b to Unstaked");
    }

    [Fact]
    public async Task CheckAsync_UnreadableForAnotherReason_BlocksWithoutACommand()
    {
        var findings = await FindOnTargetAsync(target => target.With(it => it.Link = CallResult.NotDone(CallFailure.Unreachable, "gone")));

        ShouldBeUnseen(findings, "b", "gone");
        findings[0].Remedy.Should().BeNull();
    }

    [Theory]
    [InlineData("a", IdentityRole.Unstaked, "run on a: link a to Staked")]
    [InlineData("b", IdentityRole.Staked, "run on b: link b to Unstaked")]
    public async Task CheckAsync_OtherThanWhatRuns_BlocksWithTheCommand(string node, IdentityRole link, string remedy)
    {
        var findings = node == "a"
            ? await FindOnSourceAsync(source => source.With(that => that.Link = PointsAt(link)))
            : await FindOnTargetAsync(target => target.With(it => it.Link = PointsAt(link)));

        ShouldBlock(findings, node, $"points at the {link} keypair");
        findings[0].Remedy.Should().Be(remedy);
    }

    [Fact]
    public async Task CheckAsync_ForeignKeypair_BlocksWithTheCommand()
    {
        var findings = await FindOnSourceAsync(source => source.With(it => it.Link = PointsAt(null)));

        ShouldBlock(findings, "a", "neither keypair of the node");
        findings[0].Remedy.Should().Be("run on a: link a to Staked");
    }

    [Fact]
    public async Task C16_CheckAsync_LeadsToNoKeypair_NamesThePathAndSaysSo() => ShouldBlock(
        await FindOnTargetAsync(target => target.With(it => it.Link = new IdentityLinkTarget { Path = "/none/such.json", Identity = null })), "b", "points at /none/such.json, which is no readable keypair");

    /// <summary>A third node may be the one that votes.</summary>
    [Fact]
    public async Task CheckAsync_GossipHasTheIdentityElsewhere_NamesNoCommand()
    {
        var findings = await FindAsync(Good.With(made =>
        {
            made.Source = Good.Source.With(that => that.Link = PointsAt(IdentityRole.Unstaked));
            made.Cluster = Good.Cluster.With(it => it.Nodes = Gossip((Staked, "192.0.2.9:8001")));
        }));

        findings.Should().ContainSingle().Which.Remedy.Should().Be(PreflightFinding.Recover);
    }

    [Fact]
    public async Task CheckAsync_AskedForTheWrongDirection_DoesNotTellToPointTheLinksTheWrongWay()
    {
        var swapped = Good.With(made =>
        {
            made.Source = Good.Source.With(that => { that.ContactInfo = Running(OwnOfA); that.Link = PointsAt(IdentityRole.Unstaked); });
            made.Target = Good.Target.With(it => { it.ContactInfo = Running(Staked); it.Link = PointsAt(IdentityRole.Staked); });
        });

        (await FindAsync(swapped)).Should().BeEmpty("the links are right, and the roles are another check's");
    }

    [Fact]
    public async Task CheckAsync_BothStaked_NamesNoCommandThatCouldBringBackASecondVoter()
    {
        var findings = await FindOnTargetAsync(target => target.With(it => { it.ContactInfo = Running(Staked); it.Link = PointsAt(IdentityRole.Unstaked); }));

        findings.Should().ContainSingle().Which.Remedy.Should().Be(PreflightFinding.Recover);
    }

    [Fact]
    public async Task CheckAsync_UnknownWhatRuns_NamesNoCommand()
    {
        var findings = await FindOnTargetAsync(target => target.With(it => { it.ContactInfo = CallResult.NotDone(CallFailure.Unreachable); it.Link = PointsAt(null); }));

        findings.Should().ContainSingle().Which.Remedy.Should().BeNull();
    }
}
