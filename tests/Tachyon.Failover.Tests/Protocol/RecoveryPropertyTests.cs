using CsCheck;
using FluentAssertions;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Xunit;

namespace Tachyon.Failover.Tests.Protocol;

/// <summary>What a recovery decides, over all that can be seen of a pair: each fact with each value, and not known.</summary>
public sealed class RecoveryPropertyTests
{
    private static readonly Gen<IdentityRole?> Role = OneOf<IdentityRole?>(null, IdentityRole.Unstaked, IdentityRole.Staked);
    private static readonly Gen<bool?> Maybe = OneOf<bool?>(null, false, true);

    private static readonly Gen<NodeFacts> Node = Gen.Select(Gen.Enum<NodeCondition>(), Role, Role, Maybe, Maybe, Gen.Bool).Select((condition, identity, link, saves, hasTower, mayTake) =>
        new NodeFacts { Condition = condition, Identity = identity, Link = link, SavesTowers = saves, HasTower = hasTower, MayTakeIdentity = mayTake });

    private static readonly Gen<PairFacts> Facts = Gen.Select(Node, Node, Gen.Enum<NewestTower>()).Select((source, target, newest) =>
        new PairFacts { Source = source, Target = target, Newest = newest });

    // What comes of the steps after the look, one for each: done, refused, lost.
    private static readonly Gen<CallResult[]> Answers = OneOf(CallResult.Done(), CallResult.Done(), CallResult.Done(), CallResult.NotDone(CallFailure.Unrecognised), CallResult.Unknown(CallFailure.ConnectionLost)).Array[40];

    [Fact]
    public void Of_WhateverIsSeen_GivesAReasonAndNeverAnException() => Facts.Sample(
        facts =>
        {
            var verdict = PairVerdict.Of(facts);
            return verdict.Reason.Length > 20 && verdict.Reason.EndsWith('.') && (!verdict.IsSettled || verdict.Keeper is not null);
        },
        iter: 50_000);

    [Fact]
    public void Of_SomethingThatMattersIsNotKnown_GivesNobodyTheIdentity() => Facts.Sample(
        facts =>
        {
            var isKnown = facts is { Source: { IsKnown: true, Votes: not null }, Target: { IsKnown: true, Votes: not null } };
            var isTowerKnown = facts.Newest is NewestTower.Source or NewestTower.Target or NewestTower.Both || facts.Source.Votes == true || facts.Target.Votes == true;
            return PairVerdict.Of(facts).Keeper is null || (isKnown && isTowerKnown);
        },
        iter: 50_000);

    [Fact]
    public void Of_NodesExchanged_DecidesTheSameTheOtherWayRound() => Facts.Sample(
        facts =>
        {
            var exchanged = facts with
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
            var keeper = PairVerdict.Of(facts).Keeper;
            var isTie = facts.Newest == NewestTower.Both && facts.Source.RunsStaked == facts.Target.RunsStaked;
            return isTie || PairVerdict.Of(exchanged).Keeper == (keeper is null ? null : keeper == NodeSide.Source ? NodeSide.Target : NodeSide.Source);
        },
        iter: 50_000);

    [Fact]
    public void Next_WhateverIsSeenAndWhateverComesOfTheSteps_MakesNoVoterBesideOneThatIsNotRuledOut() =>
        Gen.Select(Facts, Answers, Gen.Bool).Sample((facts, answers, locks) => Walk(facts, answers, locks), iter: 50_000);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static bool Walk(PairFacts facts, CallResult[] answers, bool getsLocks)
    {
        var state = SwitchoverState.StartOfRecovery
            .After(new StepObservation(SwitchoverStep.Lock, getsLocks ? CallResult.Done() : CallResult.NotDone(CallFailure.LockHeld)))
            .After(new StepObservation(SwitchoverStep.Diagnose, CallResult.Done(), Pair: facts));
        var other = facts.OtherThan(state.Keeper ?? NodeSide.Source);
        var (isSealed, wasDemoted, runsUnstaked, isLinkSafe) = (false, false, other is { Condition: NodeCondition.Answers, Identity: IdentityRole.Unstaked }, other.Link == IdentityRole.Unstaked);
        foreach (var answer in answers)
        {
            var move = SwitchoverProtocol.Next(state);
            if (move.End is not null)
            {
                return true;
            }

            var step = move.Leg.Single();
            if (step is not (SwitchoverStep.Diagnose or SwitchoverStep.Release) && !getsLocks)
            {
                return false;
            }

            // To restore is to make a voter. The other one must be down and stay so, or be seen unstaked; and sealed besides, and demoted, if anything may still be on its way to it.
            var mayHaveMore = other.RunsStaked || other.MayTakeIdentity || !facts.On(state.Keeper ?? NodeSide.Source).RunsStaked;
            var isRuledOut = isLinkSafe && (other.IsDown || (runsUnstaked && (!mayHaveMore || (isSealed && wasDemoted))));
            if (step is SwitchoverStep.RestoreVoters or SwitchoverStep.RestoreIdentity or SwitchoverStep.RestoreLink && !isRuledOut)
            {
                return false;
            }

            if (answer.IsDone)
            {
                isSealed |= step == SwitchoverStep.SealTarget;
                wasDemoted |= step == SwitchoverStep.DemoteTarget;
                isLinkSafe |= step == SwitchoverStep.RestoreTargetLink;
                runsUnstaked |= step == SwitchoverStep.DemoteTarget;
            }

            // It is looked at again from the beginning then, which is another walk.
            if (step == SwitchoverStep.Diagnose)
            {
                return true;
            }

            IdentityRole? seen = step == SwitchoverStep.LookAtTarget && answer.IsDone ? runsUnstaked ? IdentityRole.Unstaked : IdentityRole.Staked : null;
            state = state.After(new StepObservation(step, answer, seen));
        }

        return true;
    }
}
