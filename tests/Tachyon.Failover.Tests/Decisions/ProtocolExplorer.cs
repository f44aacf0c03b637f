using System.Collections.Immutable;
using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>
/// Explores every path of the protocol with a number of mishaps, together with the truth, and reports when the truth breaks
/// an invariant.
/// </summary>
internal sealed class ProtocolExplorer(int mishaps, bool sendsTogether, ClosedRestartWindow onLostWindow = ClosedRestartWindow.WaitAgain, bool restarts = false)
{
    private static readonly string[] AnswerNames = Enum.GetNames<Answer>();

    private enum Answer
    {
        Done,
        Refused,
        DoneButLost,
        NotDoneAndLost,
        Late,
        WindowLost,
    }

    public int Ends { get; private set; }

    /// <summary>Every truth in which the coordinator can be lost, and whether its journal has a promotion without effect.</summary>
    public HashSet<(PairWorld World, bool PromotionIsOpen)> Interruptions { get; } = [];

    public Dictionary<FailoverOutcome, int> Outcomes { get; } = [];

    public List<string> Broken { get; } = [];

    /// <summary>How often a window was lost and the run waited for another one.</summary>
    public int WaitedAgain { get; private set; }

    public void Explore() => Go(RunState.Start with { OnClosedWindow = onLostWindow }, new PairWorld(), mishaps, Way.Start);

    private void Go(RunState state, PairWorld world, int left, Way path)
    {
        if (Broken.Count > 0 || path.Count > 60)
        {
            Check(path.Count <= 60 ? null : "the way has no end", path);
            return;
        }

        Interruptions.Add((world, IsPromotionOpen(state)));

        if (world is { PromotionMayComeLate: true })
        {
            var came = world.WithLatePromotion();
            Check(came.Broken(), path.Add("the promotion comes late"));
            Go(state, came, left, path.Add("the promotion comes late"));
        }

        if (world is { FenceMayComeLate: true })
        {
            Go(state, world.WithLateFence(), left, path.Add("the fence comes late"));
        }

        var move = SwitchoverProtocol.Next(state);
        if (move.End is { } outcome)
        {
            End(state, world, outcome, path);
            return;
        }

        // The target's validator restarts, and runs what its link names at that time.
        if (restarts && left > 0 && state.IsCommitted && world.TargetIdentity == IdentityRole.Staked)
        {
            Go(state, world.WithRestart(NodeSide.Target), left - 1, path.Add("the target restarts"));
        }

        Leg(state, world, move.Leg, 0, left, path);
        if (state is { FirstFailure: not null, OutOfTime: false })
        {
            Go(state with { OutOfTime = true }, world, left, path.Add("time is up"));
        }
    }

    private void Leg(RunState state, PairWorld world, ImmutableArray<FailoverStep> leg, int index, int left, Way path)
    {
        if (index == leg.Length)
        {
            Go(state, world, left, path);
            return;
        }

        var step = leg[index];
        foreach (var answer in Answers(step, world, left))
        {
            var after = answer switch
            {
                Answer.Done or Answer.DoneButLost => world.After(step),
                Answer.Late when step == FailoverStep.DemoteSource => world with { FenceMayComeLate = true },
                Answer.Late => world with { PromotionMayComeLate = true, PromotionMayComeAtAnyTime = true },
                _ => world,
            };
            var walked = path.Add(step, AnswerNames[(int)answer]);
            WaitedAgain += step == FailoverStep.AwaitRestartWindow && state.Tried.Contains(FailoverStep.Prepare) ? 1 : 0;
            Check(step == FailoverStep.AwaitRestartWindow && state.LocksHeld != false ? "it waits for a window and keeps a lock" : null, walked);
            Check(after.Broken(), walked);
            var learned = state.After(Observe(step, answer, after));

            // Between the node and the journal: only the intention is known.
            Interruptions.Add((after, step == FailoverStep.PromoteTarget || IsPromotionOpen(state)));
            var spent = left - (answer == Answer.Done ? 0 : 1);
            if (!sendsTogether && answer != Answer.Done && step != FailoverStep.AwaitLastVote)
            {
                Go(learned, after, spent, walked);
            }
            else
            {
                Leg(learned, after, leg, index + 1, spent, walked);
            }
        }
    }

    private static bool IsPromotionOpen(RunState state) => state.Promotion == CallOutcome.Unknown;

    private static IEnumerable<Answer> Answers(FailoverStep step, PairWorld world, int left)
    {
        // A target without the named tower refuses. That is not a mishap.
        if (step == FailoverStep.PromoteTarget && !world.TowerOnTarget)
        {
            return left > 0 ? [Answer.Refused] : [];
        }

        // A look cannot show a missing vote. That is not a mishap.
        return IsProbeForVotes(step) && !Votes(step, world) ? [Answer.Refused]
            : left == 0 ? [Answer.Done]
            : IsProbeForVotes(step) ? [Answer.Done, Answer.Refused, Answer.NotDoneAndLost]
            : step == FailoverStep.Prepare ? [Answer.Done, Answer.Refused, Answer.DoneButLost, Answer.NotDoneAndLost, Answer.WindowLost]
            : step is FailoverStep.PromoteTarget or FailoverStep.DemoteSource ? [Answer.Done, Answer.Refused, Answer.DoneButLost, Answer.NotDoneAndLost, Answer.Late]
            : [Answer.Done, Answer.Refused, Answer.DoneButLost, Answer.NotDoneAndLost];
    }

    private static bool IsProbeForVotes(FailoverStep step) => step is FailoverStep.Verify or FailoverStep.SeeTargetVote or FailoverStep.SeeKeeperVote;

    private static bool Votes(FailoverStep step, PairWorld world) => step == FailoverStep.SeeKeeperVote ? world.SourceVotes : world.TargetVotes;

    private static IdentityRole IdentityOf(FailoverStep step, PairWorld world) => step == FailoverStep.SeeKeeperVote ? world.SourceIdentity : world.TargetIdentity;

    private static StepObservation Observe(FailoverStep step, Answer answer, PairWorld world)
    {
        var result = answer switch
        {
            Answer.Done => CallResult.Done(),
            Answer.Refused => CallResult.NotDone(CallFailure.Unrecognized),
            Answer.WindowLost => CallResult.NotDone(CallFailure.NoRestartWindow),
            _ => CallResult.Unknown(CallFailure.ConnectionLost),
        };
        IdentityRole? seen = (step, answer) switch
        {
            (FailoverStep.ProbeOther, Answer.Done) => world.TargetIdentity,
            (FailoverStep.ProbeKeeper, Answer.Done) => world.SourceIdentity,
            _ when IsProbeForVotes(step) => Votes(step, world) && answer != Answer.Done ? null : IdentityOf(step, world),
            _ => null,
        };
        return new StepObservation(step, result, seen);
    }

    private void End(RunState state, PairWorld world, FailoverOutcome outcome, Way path)
    {
        Ends++;
        Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
        var said = state.Location;
        Check(
            outcome == FailoverOutcome.Completed && !world.TargetVotes ? "it says completed, and the target does not vote"
            : outcome is FailoverOutcome.RolledBack or FailoverOutcome.Refused && !world.SourceVotes ? $"it says {outcome}, and the source does not vote"
            : outcome is FailoverOutcome.RolledBack && world.FenceMayComeLate ? "it says rolled back, and a late fence can still take the identity from the source"
            : outcome is FailoverOutcome.RolledBack && world.SourceLink != IdentityRole.Staked ? "it says rolled back, and the source's link does not bring the identity back"
            : said == IdentityLocation.Source && !world.SourceVotes ? "it says that the identity is at the source, and the source does not vote"
            : said == IdentityLocation.Target && world.TargetIdentity != IdentityRole.Staked ? "it says that the identity is at the target, and it is not"
            : said == IdentityLocation.Neither && (world.SourceVotes || world.TargetVotes) ? "it says that nobody votes, and somebody does"
            : null,
            path.Add("", (outcome, said)));
    }

    private void Check(string? broken, Way path)
    {
        if (broken is not null && Broken.Count < 5)
        {
            Broken.Add($"{broken}:\n  {path}");
        }
    }
}
