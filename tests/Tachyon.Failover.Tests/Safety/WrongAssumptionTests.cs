using FluentAssertions;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Xunit;

namespace Tachyon.Failover.Tests.Safety;

/// <summary>
/// The test of kind 1 of the safety findings: for every verb and every wrong pairing of keys, direction, links and voters, either no call changed a node, or the run ended as
/// requested, or every node is as it was read before.
/// </summary>
public sealed class WrongAssumptionTests
{
    private static readonly Dictionary<string, Action<MisreadScene>> Wrongs = new(StringComparer.Ordinal)
    {
        ["keys of a"] = static scene => MisreadScene.Swap(scene.A),
        ["keys of b"] = static scene => MisreadScene.Swap(scene.B),
        ["keys of both"] = static scene =>
        {
            MisreadScene.Swap(scene.A);
            MisreadScene.Swap(scene.B);
        },
        ["link of a"] = static scene => scene.A.LinkTarget = NodePaths.Usual.UnstakedKeypair,
        ["link of b"] = static scene => scene.B.LinkTarget = NodePaths.Usual.StakedKeypair,
        ["link of a leads nowhere"] = static scene => scene.A.LinkTarget = "/home/sol/nobody.json",
        ["link of b leads nowhere"] = static scene => scene.B.LinkTarget = "/home/sol/nobody.json",
        ["voters of b"] = static scene => scene.B.Process!.RemoveAllAuthorizedVoters(),
        ["nothing"] = static _ => { },
    };

    public static TheoryData<string, string, string> All => new MatrixTheoryData<string, string, string>(["switchover", "takeover", "takeover that fails"], ["a to b", "b to a"], [.. Wrongs.Keys]);

    [Theory]
    [MemberData(nameof(All))]
    public void Kind1_AnyWrongAssumption_NothingIsChangedOrAllIsAsItWasRead(string verb, string direction, string wrong)
    {
        // The refused condition would make a takeover's evidence insufficient after it has changed the lost node.
        var lost = direction == "a to b" ? "a" : "b";
        string[] refused = verb == "takeover that fails" ? [$"{lost}: {NodeCall.TakeUnstakedIdentity}", $"{lost}: {NodeCall.StopValidator}"] : [];
        var scene = new MisreadScene(7, refused) { Reclassify = static _ => PreflightSeverity.Info };
        Wrongs[wrong](scene);
        var before = scene.Nodes;
        var source = direction == "a to b" ? scene.A : scene.B;

        var result = verb == "switchover" ? scene.Switch(source) : scene.TakeOver(source);

        if (direction == "b to a" || wrong.StartsWith("keys", StringComparison.Ordinal))
        {
            result.Outcome.Should().Be(FailoverOutcome.Refused, "{0}", result);
            scene.Calls.Changes.Should().BeEmpty("{0}", result);
        }

        if (result.Outcome != FailoverOutcome.Completed)
        {
            // No validator reports its voters: a look does not show that they were missing before the arming.
            Comparable(scene.Nodes).Should().Equal(Comparable(before), "{0}\n{1}", result, string.Join('\n', scene.Calls.Changes));
        }

        scene.World.Judge.Broken.Should().NotContain(broken => broken.Invariant == Invariant.OneVoter);

        IEnumerable<string> Comparable(IReadOnlyList<string> nodes) => wrong == "voters of b" ? nodes.Select(static node => node.Replace("voter False", "voter True", StringComparison.Ordinal)) : nodes;
    }

    [Theory]
    [InlineData("keys of a", "a to b")]
    [InlineData("keys of a", "b to a")]
    [InlineData("keys of b", "a to b")]
    [InlineData("keys of b", "b to a")]
    [InlineData("keys of both", "a to b")]
    [InlineData("nothing", "a to b")]
    public void Kind1_RecoverAndSettle_NothingIsChanged(string wrong, string direction)
    {
        foreach (var settles in (bool[])[false, true])
        {
            var scene = new MisreadScene();
            Wrongs[wrong](scene);
            var before = scene.Nodes;
            var source = direction == "a to b" ? scene.A : scene.B;

            var result = settles ? scene.Settle(source) : scene.Recover(source);

            scene.Calls.Changes.Should().BeEmpty("{0}", result);
            scene.Nodes.Should().Equal(before);
        }
    }
}
