using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>Properties of the decision over all possible observations of a pair, two and a half million: each fact with each value, and unknown.</summary>
public sealed class RecoveryPropertyTests
{
    [Fact]
    public void Of_WhateverIsSeen_GivesAReasonAndHoldsToWhatIsKnown() =>
        Observations.All().AsParallel().Where(facts => Broken(facts, PairVerdict.Of(facts)) is not null).Take(3).Select(facts => $"{facts}: {Broken(facts, PairVerdict.Of(facts))}")
            .Should().BeEmpty();

    [Fact]
    public void Of_NodesExchanged_DecidesTheSameTheOtherWayRound() =>
        Observations.All().AsParallel().Where(facts => !IsTie(facts) && PairVerdict.Of(Exchanged(facts)).Keeper != Exchanged(PairVerdict.Of(facts).Keeper)).Take(3)
            .Should().BeEmpty();

    private static string? Broken(PairFacts facts, PairVerdict verdict) =>
        verdict.Reason.Length < 20 || !verdict.Reason.EndsWith('.') ? "no reason is given"
        : verdict.IsSettled && verdict.Keeper is null ? "it is settled, and at neither node"
        : verdict.State == PairState.Unknown != (facts is not { Source: { IsKnown: true, Votes: not null }, Target: { IsKnown: true, Votes: not null } }) ? "it is known, or not, and the state does not say so"
        : verdict.Keeper is not { } side ? null
        : verdict.State == PairState.Unknown ? "a node gets the identity, and it is unknown which node votes"
        : facts.On(side).Condition != NodeCondition.Running ? "a node that does not answer gets the identity"
        : facts.OtherThan(side).Votes == true ? "the other node votes"
        : facts.On(side).Votes != true && facts.Newest is not NewestTower.Both && facts.Newest != (side == NodeSide.Source ? NewestTower.Source : NewestTower.Target) ? "a node gets the identity, and does not have the newest tower"
        : null;

    private static bool IsTie(PairFacts facts) =>
        facts.Newest == NewestTower.Both && facts.Source.RunsStaked == facts.Target.RunsStaked;

    private static PairFacts Exchanged(PairFacts facts) => new()
    {
        Source = facts.Target,
        Target = facts.Source,
        Newest = facts.Newest switch
        {
            NewestTower.Source => NewestTower.Target,
            NewestTower.Target => NewestTower.Source,
            _ => facts.Newest,
        },
    };

    private static NodeSide? Exchanged(NodeSide? side) => side switch
    {
        NodeSide.Source => NodeSide.Target,
        NodeSide.Target => NodeSide.Source,
        _ => null,
    };
}
