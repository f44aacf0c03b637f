using FluentAssertions;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation;
using Xunit;

namespace Tachyon.Failover.Tests.Safety;

/// <summary>A fence's answer is reported with the node's name and in the fence's words, and is compared with the chain (finding E11).</summary>
public sealed class FenceTests
{
    private static readonly SilenceFacts Silent = new() { Witnesses = 3, SilentWitnesses = 2, Silence = TimeSpan.FromSeconds(30), LastVote = 4711 };
    private static readonly SourceReach Fenced = new() { Name = "a", IsPoweredOff = true, FenceSays = "outlet 7 is off", FencedAt = 4720 };

    [Fact]
    public void E11_Weigh_AFenceSaysSo_IsToldWithTheNodesNameAndTheFencesWords()
    {
        var evidence = EvidenceScale.Weigh(Fenced, Silent, new TakeoverPolicy());

        evidence.Grade.Should().Be(EvidenceGrade.Fenced);
        evidence.Facts[0].Text.Should().Be("a was fenced from outside, and its fence confirms it when asked again: outlet 7 is off");
    }

    [Fact]
    public void E11_Weigh_AVoteForASlotAfterTheFence_IsNoEvidenceWhateverTheFenceSays()
    {
        var evidence = EvidenceScale.Weigh(Fenced, Silent with { LastVote = 4721 }, new TakeoverPolicy { OperatorStatement = "somebody says so" });

        evidence.Grade.Should().Be(EvidenceGrade.None);
        evidence.Facts[0].Text.Should().Be("a vote for slot 4721 has landed, and the chain was at slot 4720 when a had been fenced: a node votes");
        EvidenceScale.Weigh(Fenced, Silent with { LastVote = 4720 }, new TakeoverPolicy()).Grade.Should().Be(EvidenceGrade.Fenced, "that one was on its way");
    }

    [Fact]
    public void E11_TakeoverAsync_TheFenceOfAnotherNode_DoesNotPromoteWhileTheSourceVotes()
    {
        var pair = new SimulatedPair(11);
        pair.Pass(TimeSpan.FromSeconds(5));
        var given = pair.FromAToB;
        pair.Coordinator.Partition(pair.A, TimeSpan.FromHours(1));
        given = given with { Source = given.Source with { FencingDevice = new FenceOfSomethingElse() } };

        var result = pair.Run(() => new FailoverCoordinator(new FailoverOptions { Journal = pair.Journal }, timeProvider: pair.Time).TakeoverAsync(given, new TakeoverPolicy { Tower = TakeoverTower.FromChain }))!;

        result.Outcome.Should().NotBe(FailoverOutcome.Completed, "{0}", result);
        result.Reason.Should().Contain("a node votes");
        (pair.A.CanVote, pair.B.RunsStaked).Should().Be((true, false));
        pair.Judge.ThrowIfBroken(result);
    }

    /// <summary>It is connected to the wrong node: it cuts another machine's power, and reports success.</summary>
    private sealed class FenceOfSomethingElse : IFencingDevice
    {
        public Task<CallResult> FenceAsync(CancellationToken cancellationToken = default) => Task.FromResult(CallResult.Done("outlet 7 is off"));

        public Task<CallResult> VerifyAsync(CancellationToken cancellationToken = default) => Task.FromResult(CallResult.Done());
    }
}
