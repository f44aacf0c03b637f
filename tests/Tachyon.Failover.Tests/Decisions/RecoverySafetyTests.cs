using CsCheck;
using FluentAssertions;
using Tachyon.Failover.Decisions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>
/// A recovery with any looks at all, consistent or not. In all of them, a node is made a voter only after a look, or
/// acts of the recovery itself, that rule the other one out.
/// </summary>
public sealed class RecoverySafetyTests
{
    private const int Samples = 20_000;

    private static readonly Gen<NodeFacts> Node = Gen.Select(
        Gen.Frequency((8, Gen.Const(NodeCondition.Running)), (2, Gen.Const(NodeCondition.NotRunning)), (1, Pick(NodeCondition.Starting, NodeCondition.Unreachable))),
        Gen.Frequency((5, Gen.Const((IdentityRole?)IdentityRole.Unstaked)), (5, Gen.Const((IdentityRole?)IdentityRole.Staked)), (1, Gen.Const((IdentityRole?)null))),
        Pick<IdentityRole?>(null, IdentityRole.Unstaked, IdentityRole.Staked),
        Pick<bool?>(null, false, false, true),
        Pick<bool?>(null, false, true),
        Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true))),
        (condition, identity, link, saves, hasTower, mayTakeIt) => new NodeFacts
        {
            Condition = condition,
            Identity = condition == NodeCondition.Running ? identity : null,
            Link = link,
            SavesTowers = saves,
            HasTower = hasTower,
            MayTakeIdentity = mayTakeIt,
        });

    private static readonly Gen<PairFacts> Pair = Gen.Select(
        Node,
        Node,
        Gen.Frequency((8, Pick(NewestTower.Source, NewestTower.Target, NewestTower.Both)), (1, Pick(NewestTower.Unknown, NewestTower.None, NewestTower.Contradictory))),
        (source, target, newest) => new PairFacts { Source = source, Target = target, Newest = newest });

    // Mostly done; otherwise no run would get far.
    private static readonly Gen<CallResult> Result = Gen.Frequency(
        (12, Gen.Const(CallResult.Done())),
        (1, Gen.Const(CallResult.NotDone(CallFailure.Unrecognized))),
        (1, Gen.Const(CallResult.NotDone(CallFailure.Unreachable))),
        (1, Gen.Const(CallResult.Unknown(CallFailure.ConnectionLost))));

    private static readonly Gen<(CallResult Result, IdentityRole Seen, PairFacts Pair, bool IsSameProbe)> Answer = Gen.Select(
        Result,
        Gen.Frequency((4, Gen.Const(IdentityRole.Unstaked)), (1, Gen.Const(IdentityRole.Staked))),
        Pair,
        Gen.Bool);

    [Fact]
    public void Next_AnyObservations_MakesAVoterOnlyWhereTheOtherIsRuledOut()
    {
        var made = new int[2];
        var afterDoubt = 0;

        Answer.Array[1, 40].Sample(
            answers =>
            {
                var state = RunState.StartOfRecovery;
                var known = new Known();
                foreach (var answer in answers)
                {
                    if (SwitchoverProtocol.Next(state) is not { End: null } move)
                    {
                        break;
                    }

                    var step = move.Leg.Single();
                    var keeper = state.Keeper;
                    if (step is FailoverStep.ReturnKeeperVoters or FailoverStep.PromoteKeeper or FailoverStep.MoveKeeperLink)
                    {
                        if (keeper is not { } side || !known.IsRuledOut(side.Other(), side))
                        {
                            return false;
                        }

                        Interlocked.Increment(ref made[(int)side]);
                        Interlocked.Add(ref afterDoubt, known.WasDoubted(side.Other(), side) ? 1 : 0);
                    }

                    var observation = Observe(step, answer, known.Facts);
                    known.TakeIn(observation, keeper);
                    state = state.After(observation);
                }

                return true;
            },
            iter: Samples);

        // Without these, a recovery that does nothing would pass.
        made.Should().OnlyContain(times => times > 100);
        afterDoubt.Should().BeGreaterThan(100);
    }

    private static StepObservation Observe(FailoverStep step, (CallResult Result, IdentityRole Seen, PairFacts Pair, bool IsSameProbe) answer, PairFacts? last) => step switch
    {
        FailoverStep.Diagnose => new(step, answer.Result, Pair: answer.Result.IsDone ? answer.IsSameProbe && last is not null ? last : answer.Pair : null),
        FailoverStep.ProbeKeeper or FailoverStep.ProbeOther => new(step, answer.Result, answer.Result.IsDone ? answer.Seen : null),
        FailoverStep.TakeLocks => new(step, CallResult.Done()),
        _ => new(step, answer.Result),
    };

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>The conclusions from looks and acts, for each node by its own name, independent of its role in the recovery.</summary>
    private sealed class Known
    {
        private readonly Dictionary<NodeSide, IdentityRole?> _identity = [];
        private readonly Dictionary<NodeSide, IdentityRole?> _link = [];
        private readonly HashSet<NodeSide> _sealed = [];
        private readonly HashSet<NodeSide> _demoted = [];

        public PairFacts? Facts { get; private set; }

        /// <summary>It is down, and its link would not bring it back; or it was seen unstaked, and in doubt was sealed and demoted.</summary>
        public bool IsRuledOut(NodeSide other, NodeSide keeper) =>
            Facts is not null
            && _link.GetValueOrDefault(other) == IdentityRole.Unstaked
            && (Facts.On(other).Condition == NodeCondition.NotRunning
                || (_identity.GetValueOrDefault(other) == IdentityRole.Unstaked && (!WasDoubted(other, keeper) || (_sealed.Contains(other) && _demoted.Contains(other)))));

        public bool WasDoubted(NodeSide other, NodeSide keeper) =>
            Facts!.On(other) is not { Condition: NodeCondition.NotRunning }
            && (Runs(other) || Facts.On(other).MayTakeIdentity || !Runs(keeper));

        public void TakeIn(StepObservation observation, NodeSide? keeper)
        {
            var isDone = observation.Result.IsDone;
            if (observation is { Step: FailoverStep.Diagnose, Pair: { } pair })
            {
                Facts = pair;
                foreach (var side in Observations.Sides)
                {
                    _identity[side] = pair.On(side).Identity;
                    _link[side] = pair.On(side).Link;
                }

                return;
            }

            if (keeper is not { } kept)
            {
                return;
            }

            var other = kept.Other();
            switch (observation.Step)
            {
                case FailoverStep.ProbeOther:
                    _identity[other] = observation.Seen;
                    break;
                case FailoverStep.SealOther:
                    Set(_sealed, other, isDone);
                    _identity[other] = null;
                    break;
                case FailoverStep.DemoteOther:
                    Set(_demoted, other, isDone);
                    _identity[other] = null;
                    break;
                case FailoverStep.MoveOtherLink:
                    _link[other] = isDone ? IdentityRole.Unstaked : null;
                    break;

                // With any result, the node may have its voters, or its identity, now.
                case FailoverStep.ReturnKeeperVoters:
                    _sealed.Remove(kept);
                    break;
                case FailoverStep.PromoteKeeper:
                    _demoted.Remove(kept);
                    break;
                case FailoverStep.MoveKeeperLink:
                    _link[kept] = isDone ? IdentityRole.Staked : null;
                    break;
                default:
                    break;
            }
        }

        private bool Runs(NodeSide side) => Facts!.On(side) is { Condition: NodeCondition.Running, Identity: IdentityRole.Staked };

        private static void Set(HashSet<NodeSide> sides, NodeSide side, bool isIn)
        {
            if (isIn)
            {
                sides.Add(side);
            }
            else
            {
                sides.Remove(side);
            }
        }
    }
}
