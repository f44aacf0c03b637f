using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Tests.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Safety;

/// <summary>The remedies of findings, in every state of two nodes that a preflight can see.</summary>
public sealed class RemediesTests
{
    private static readonly CallResult NoAnswer = CallResult.NotDone(CallFailure.Unreachable, "no route to the host");

    private static readonly Pubkey?[] Runs = [Staked, OwnOfA, OwnOfB, Foreign, null];

    private static readonly CallResult<IdentityLinkTarget>[] Links =
        [PointsAt(IdentityRole.Staked), PointsAt(IdentityRole.Unstaked), PointsAt(null), NoAnswer];

    private static readonly string[] Gossips = [GossipOfA, GossipOfB, "192.0.2.9:8001"];

    /// <summary>
    /// A command that gives a node the identity, its voters, or a link to the identity names the one node that has it, and only if no other node was seen with it.
    /// </summary>
    [Fact]
    public async Task Remedy_AnyState_GivesNobodyTheVoteWhileVotesMayLandElsewhere()
    {
        var scene = new PreflightScene();
        var commands = 0;
        foreach (var survey in Surveys())
        {
            foreach (var check in PreflightChecks.Default)
            {
                foreach (var finding in await check.CheckAsync(scene.Pair, survey, TestContext.Current.CancellationToken))
                {
                    var remedy = finding.Remedy ?? "";
                    remedy.Should().NotContain(nameof(ValidatorCommand.TakeStakedIdentity)).And.NotContain(nameof(ValidatorCommand.AddAuthorizedVoters));
                    foreach (var node in survey.Nodes.Where(node => remedy.Contains($"link {node.Name} to Staked", StringComparison.Ordinal)))
                    {
                        commands++;
                        var other = survey.Nodes.Single(one => one != node);
                        Is(node, Staked).Should().BeTrue("{0}", finding);
                        (other.ContactInfo.IsDone && !Is(other, Staked)).Should().BeTrue("{0}", finding);
                        survey.Cluster.Nodes.Value!.Where(contact => contact.Identity.Equals(Staked)).Should().OnlyContain(contact => contact.Gossip!.Equals(node.ContactInfo.Value!.Gossip), "{0}", finding);
                    }
                }
            }
        }

        commands.Should().BePositive("the command is named where it is right");
    }

    private static IEnumerable<PairSurvey> Surveys() =>
        from a in Runs
        from b in Runs
        from linkOfA in Links
        from linkOfB in Links
        from gossip in Gossips
        select Good.With(changed =>
        {
            changed.Source = Good.Source.With(made => { made.ContactInfo = Info(a, GossipOfA); made.Link = linkOfA; });
            changed.Target = Good.Target.With(that => { that.ContactInfo = Info(b, GossipOfB); that.Link = linkOfB; that.Tower = a is null ? Tower(4) : Good.Target.Tower; });
            changed.Cluster = Good.Cluster.With(it => it.Nodes = Gossip((Staked, gossip), (OwnOfB, GossipOfB)));
        });

    private static CallResult<ClusterNode> Info(Pubkey? runs, string gossip) => runs is null ? NoAnswer : PreflightScene.Running(runs, gossip: gossip);

    private static bool Is(NodeSurvey node, Pubkey identity) => node.ContactInfo.Value?.Identity.Equals(identity) == true;
}
